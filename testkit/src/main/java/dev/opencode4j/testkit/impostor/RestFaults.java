package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The responses that a test has put in place of the honest ones. Loop-confined. */
final class RestFaults {

    private static final class Rule {
        private final Predicate<RecordedRequest> predicate;
        private final Response response;
        private final boolean runAnyway;
        private int times;

        Rule(Predicate<RecordedRequest> predicate, Response response, boolean runAnyway, int times) {
            this.predicate = predicate;
            this.response = response;
            this.runAnyway = runAnyway;
            this.times = times;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /** In place of doing what was asked. */
    void instead(Predicate<RecordedRequest> predicate, Response response, int times) {
        rules.add(new Rule(predicate, response, false, times));
    }

    /** What was asked is done, but the answer is lost. */
    void loseAnswer(Predicate<RecordedRequest> predicate) {
        rules.add(new Rule(predicate, Response.closeWithoutAnswer(), true, 1));
    }

    void clear() {
        rules.clear();
    }

    /** The response to give instead of doing what is asked, if there is one for this request; used up by that. */
    Optional<Response> interfere(Exchange exchange) {
        for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
            Rule rule = all.next();
            if (!rule.predicate.test(exchange.request())) {
                continue;
            }
            if (--rule.times == 0) {
                all.remove();
            }
            if (rule.runAnyway) {
                exchange.loseAnswer();
                return Optional.empty();
            }
            return Optional.of(rule.response);
        }
        return Optional.empty();
    }
}
