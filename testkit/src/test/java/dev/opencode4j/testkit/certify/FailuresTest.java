package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Turns that fail: soon, once, as the error that says what to do, in the words of whoever refused. */
@EachRealVersion
class FailuresTest extends RigTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final List<AgentEvent> events = new ArrayList<>();

    FailuresTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    /** Runs a turn that fails, and what it tells at its end is what it throws. */
    private <T extends AgentException> T failure(Class<T> type, Prompt prompt) {
        events.clear();
        try (AgentSession session = rig.open()) {
            T error = catchThrowableOfType(type, () -> session.run(prompt, events::add));
            assertThat(error).isNotNull();
            assertThat(events).filteredOn(TurnEnded.class::isInstance).hasSize(1);
            TurnFailed last = (TurnFailed) events.get(events.size() - 1);
            assertThat(last.error()).isInstanceOf(type).hasMessage(error.getMessage());
            assertThat(error.partial()).contains(last.result());
            return error;
        }
    }

    private BadRequestException refusedSoon(Prompt prompt) {
        failure(BadRequestException.class, prompt); // The first request of its kind may load code.
        long start = System.nanoTime();
        BadRequestException error = failure(BadRequestException.class, prompt);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        return error;
    }

    @Test
    void anUnknownAgentFailsSoonInTheServersWords() {
        BadRequestException error =
                refusedSoon(Prompt.builder("#echo").agent("nosuchagent").build());
        assertThat(error.reason())
                .contains("nosuchagent")
                .contains("Available agents")
                .contains("build");
    }

    @Test
    void anUnknownModelFailsSoonInTheServersWords() {
        BadRequestException error = refusedSoon(
                Prompt.builder("#echo").model(Model.of("scripted/nosuchmodel")).build());
        assertThat(error.reason()).contains("nosuchmodel");
        error = refusedSoon(
                Prompt.builder("#echo").model(Model.of("nosuchprovider/some")).build());
        assertThat(error.reason()).contains("nosuchprovider");
    }

    @Test
    void theNextTurnWorksAfterARefusal() {
        try (AgentSession session = rig.open()) {
            Prompt wrong = Prompt.builder("#echo").agent("nosuchagent").build();
            assertThat(catchThrowableOfType(BadRequestException.class, () -> session.run(wrong, event -> {})))
                    .isNotNull();
            Prompt unknown = Prompt.builder("#echo")
                    .model(Model.of("scripted/nosuchmodel"))
                    .build();
            assertThat(catchThrowableOfType(BadRequestException.class, () -> session.run(unknown, event -> {})))
                    .isNotNull();
            String marker = Rig.marker("better");
            // Named, because the session would go on with the model of its last prompt.
            Prompt right = Prompt.builder("#echo " + marker)
                    .agent("build")
                    .model(Model.of("scripted/scripted"))
                    .build();
            assertThat(session.run(right, event -> {}).text()).contains(marker);
            assertThat(model.timesRun(marker)).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatIsGone() {
        try (AgentSession session = rig.open()) {
            rig.client().sessions().delete(session.id());
            assertThat(catchThrowableOfType(SessionNotFoundException.class, () -> session.run("#echo")))
                    .isNotNull();
        }
    }

    @Test
    void whatAProviderRefusesForGoodIsNotTriedAgain() {
        refused(AuthenticationException.class, 401);
        refused(AuthenticationException.class, 403);
        refused(BadRequestException.class, 400);
        refused(BillingException.class, 402);
    }

    private void refused(Class<? extends AgentException> type, int status) {
        String marker = Rig.marker("status" + status);
        AgentException error = failure(type, Prompt.of("#status=" + status + " " + marker));
        assertThat(error.reason()).contains("scripted " + status);
        assertThat(model.timesRun(marker)).isEqualTo(1);
        assertThat(events).noneMatch(Retrying.class::isInstance);
    }

    /**
     * The server tries again by itself: since 1.18 five times, before for as long as it is let. Both at once, for each
     * try comes a second after the one before.
     */
    @Test
    void whatAProviderKeepsRefusingEndsTheTurn() {
        boolean givesUp = version.isSince("1.18");
        Instant start = Instant.now();
        Timeouts timeouts = Timeouts.DEFAULT.withTurn(givesUp ? Rig.BOUND : Duration.ofSeconds(3));
        try (AgentSession limited = rig.open(options -> options.timeouts(timeouts));
                AgentSession broken = rig.open(options -> options.timeouts(timeouts));
                Turn limit = limited.start("#status=429 " + Rig.marker("limit"));
                Turn failing = broken.start("#status=500 " + Rig.marker("failing"))) {
            AgentException tooMany = endOfRetries(limit);
            AgentException failure = endOfRetries(failing);
            if (givesUp) {
                assertThat(tooMany).isInstanceOf(RateLimitException.class).hasMessageContaining("scripted 429");
                assertThat(((RateLimitException) tooMany).resetAt()).isAfter(start);
                assertThat(failure).isInstanceOf(ServerException.class).hasMessageContaining("scripted 500");
            } else {
                assertThat(tooMany).isInstanceOf(DeadlineExceeded.class);
                assertThat(failure).isInstanceOf(DeadlineExceeded.class);
            }
            theNextTurnWorks(limited);
            theNextTurnWorks(broken);
        }
    }

    private static String lastRefusal(List<AgentEvent> told) {
        return told.stream()
                .filter(Retrying.class::isInstance)
                .map(event -> ((Retrying) event).message())
                .reduce("", (first, second) -> second);
    }

    /** The tries are told, in order, and then the failure, once. */
    private static AgentException endOfRetries(Turn turn) {
        List<AgentEvent> told = new ArrayList<>();
        turn.forEach(told::add);
        List<Integer> attempts = attempts(told);
        assertThat(attempts)
                .isEqualTo(IntStream.rangeClosed(1, attempts.size()).boxed().toList())
                .isNotEmpty();
        assertThat(told).filteredOn(TurnEnded.class::isInstance).hasSize(1);
        AgentException error = ((TurnFailed) told.get(told.size() - 1)).error();
        if (error instanceof DeadlineExceeded) assertThat(error).hasMessageContaining(lastRefusal(told));
        return error;
    }

    private static List<Integer> attempts(List<AgentEvent> told) {
        return told.stream()
                .filter(Retrying.class::isInstance)
                .map(event -> ((Retrying) event).attempt())
                .toList();
    }

    /** The session is not trying any more: a server answers one prompt of a session after the other. */
    private void theNextTurnWorks(AgentSession session) {
        String marker = Rig.marker("next");
        assertThat(session.run("#echo " + marker).text()).contains(marker);
        assertThat(model.timesRun(marker)).isEqualTo(1);
    }

    @Test
    void whatAProviderRefusesTwiceIsToldAndCompletesWithTheWholeText() {
        String marker = Rig.marker("recovers");
        model.on(
                "recovers",
                request -> model.timesRun(marker) <= 2 ? Answer.status(429) : Answer.words("All is well now."));
        try (AgentSession session = rig.open()) {
            TurnResult result = session.run(Prompt.of("#recovers " + marker), events::add);
            assertThat(result.text()).isEqualTo("All is well now.");
            assertThat(attempts(events)).containsExactly(1, 2);
            assertThat(events)
                    .filteredOn(Retrying.class::isInstance)
                    .allSatisfy(
                            event -> assertThat(((Retrying) event).message()).contains("scripted 429"));
            assertThat(events).noneMatch(ErrorReported.class::isInstance);
            assertThat(model.timesRun(marker)).isEqualTo(3);
            StoredTurn.equalsReply(rig.client(), result);
        }
    }

    @Test
    void aDroppedAnswerIsTriedAgainAndTold() {
        String marker = Rig.marker("drop");
        try (AgentSession session = rig.open();
                Turn turn = session.start("#drop " + marker)) {
            assertThat(retries(turn)).isPositive();
        }
        assertThat(model.timesRun(marker)).isPositive();
    }

    private static int retries(Turn turn) {
        for (AgentEvent event : turn) {
            if (event instanceof Retrying retrying) return retrying.attempt();
            assertThat(event).isNotInstanceOf(TurnEnded.class);
        }
        throw new AssertionError("no retry was told");
    }
}
