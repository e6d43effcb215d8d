package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.testkit.junit.LatestReal;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.proxy.FaultyProxy;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Whatever the network and the server do, no prompt runs twice, and each turn has one end within its deadline: the whole
 * text, or an error that says why not. Counted at the model, over more than 200 turns.
 *
 * <p>The system property {@code opencode4j.chaos.seed} adds runs with another seed; {@code random} makes one up.
 */
class ChaosTest {

    private static final int SESSIONS = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** An abort has its patience, and a machine that is busy has its pauses. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final Timeouts TIMEOUTS = Timeouts.DEFAULT.withTurn(DEADLINE).withConnect(Duration.ofSeconds(15));

    /** What became of a turn. */
    private record Outcome(String prompt, String marker, List<AgentEvent> events, Duration took) {

        TurnEnded end() {
            return (TurnEnded) events.get(events.size() - 1);
        }
    }

    @LatestReal
    void aNetworkThatFails(OpenCodeVersion version) {
        run(version, 20_261, 20, Chaos.Deaths.NONE);
    }

    @LatestReal
    void aServerThatDies(OpenCodeVersion version) {
        run(version, 20_262, 5, Chaos.Deaths.SOME);
    }

    @LatestReal
    void anotherSeed(OpenCodeVersion version) {
        String seed = System.getProperty("opencode4j.chaos.seed", "20263");
        run(version, seed.equals("random") ? System.nanoTime() : Long.parseLong(seed), 2, Chaos.Deaths.SOME);
    }

    private static void run(OpenCodeVersion version, long seed, int turns, Chaos.Deaths deaths) {
        try (ScriptedModel model = ScriptedModel.start();
                RealOpenCode server = RealOpenCode.start(version, model);
                FaultyProxy proxy = FaultyProxy.to(server.baseUri());
                Rig rig = Rig.through(proxy.baseUri(), server);
                Rig straight = Rig.of(server)) {
            List<AgentSession> sessions =
                    IntStream.range(0, SESSIONS).mapToObj(i -> open(rig)).toList();
            List<Outcome> outcomes = new ArrayList<>();
            Chaos chaos = Chaos.begin(seed, proxy, server, deaths);
            try (chaos) {
                outcomes.addAll(talk(sessions, turns));
            }
            String story = "seed " + seed + ", faults " + chaos.faults();
            assertThat(outcomes).as(story).hasSize(SESSIONS * turns);
            outcomes.forEach(outcome -> check(outcome, straight, model, story));
            Map<String, Integer> ends = new TreeMap<>();
            outcomes.forEach(outcome -> ends.merge(name(outcome.end()), 1, Integer::sum));
            System.out.println("[chaos] " + story + ", ends " + ends);
            if (deaths == Chaos.Deaths.NONE) {
                assertThat(ends.getOrDefault("TurnCompleted", 0))
                        .as(story + ", ends " + ends)
                        .isGreaterThan(outcomes.size() / 4);
                assertThat(ends.keySet())
                        .as("a server that lives is not said to have died, " + story)
                        .noneMatch(end -> end.startsWith("ServerException"));
            }
            sessions.forEach(AgentSession::close);
        }
    }

    private static String name(TurnEnded end) {
        return end instanceof TurnFailed failed
                ? failed.error().getClass().getSimpleName() + ": "
                        + failed.error().reason()
                : end.getClass().getSimpleName();
    }

    private static AgentSession open(Rig rig) {
        return rig.agent()
                .open(SessionOptions.builder()
                        .timeouts(TIMEOUTS)
                        .permissions(PermissionPolicy.once())
                        .build());
    }

    private static List<Outcome> talk(List<AgentSession> sessions, int turns) {
        ExecutorService threads = Executors.newFixedThreadPool(sessions.size());
        try {
            List<CompletableFuture<List<Outcome>>> talks = IntStream.range(0, sessions.size())
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> talk(sessions.get(i), i, turns), threads))
                    .toList();
            return talks.stream().flatMap(talk -> talk.join().stream()).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static List<Outcome> talk(AgentSession session, int first, int turns) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            String marker = Rig.marker("chaos");
            String prompt =
                    List.of("#long=80 ", "#echo ", "#bash ", "#delay=250 ").get((first + turn) % 4) + marker;
            List<AgentEvent> events = new ArrayList<>();
            long start = System.nanoTime();
            try (Turn running = session.start(prompt)) {
                running.forEach(events::add);
            }
            outcomes.add(new Outcome(prompt, marker, events, Duration.ofNanos(System.nanoTime() - start)));
        }
        return outcomes;
    }

    private static void check(Outcome outcome, Rig straight, ScriptedModel model, String story) {
        String about = story + ", " + outcome.prompt() + " ended with " + outcome.end();
        assertThat(outcome.events())
                .as(about)
                .filteredOn(TurnEnded.class::isInstance)
                .hasSize(1);
        assertThat(outcome.took()).as(about).isLessThan(DEADLINE.plus(SLACK));
        assertThat(model.timesRun(outcome.marker())).as(about).isLessThanOrEqualTo(1);
        if (outcome.end() instanceof TurnCompleted completed) {
            assertThat(model.timesRun(outcome.marker())).as(about).isEqualTo(1);
            assertThat(completed.result().text()).as(about).contains(wholeText(outcome));
            StoredTurn.equalsReply(straight.client(), completed.result());
        } else {
            assertThat(outcome.end()).as(about).isInstanceOf(TurnFailed.class);
            assertThat(((TurnFailed) outcome.end()).error().reason())
                    .as(about)
                    .isNotBlank()
                    .doesNotContain("unexpected");
        }
    }

    private static String wholeText(Outcome outcome) {
        if (outcome.prompt().startsWith("#long")) {
            return "word0 word1 word2 "
                    + IntStream.range(3, 80)
                            .mapToObj(i -> "word" + i)
                            .reduce((a, b) -> a + ' ' + b)
                            .orElseThrow();
        }
        return outcome.prompt().startsWith("#bash") ? "All done after 1 tools." : "You said: " + outcome.prompt();
    }
}
