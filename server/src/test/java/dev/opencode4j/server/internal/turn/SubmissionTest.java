package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AmbiguousSubmitException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A prompt is sent once; again only if the server surely does not have it. */
class SubmissionTest {

    private final ManualTicker time = new ManualTicker();
    private final FakeUpstream server = new FakeUpstream("ses_1", time);
    private final Queue<@Nullable AgentException> answers = new ArrayDeque<>();
    private final List<String> outcome = new ArrayList<>();
    private boolean settled;

    private @Nullable AgentException refusal;

    private Submission submission() {
        server.submit = () -> {
            AgentException failure = answers.poll();
            return failure == null ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(failure);
        };
        Mailbox mailbox = new Mailbox(failure -> outcome.add("broken: " + failure));
        TurnContext turn = new TurnContext("ses_1", SessionOptions.DEFAULT, server, time, mailbox, Runnable::run);
        Submission.Listener listener = new Submission.Listener() {
            @Override
            public void accepted() {
                outcome.add("accepted");
            }

            @Override
            public void refused(AgentException error) {
                refusal = error;
                outcome.add("refused");
            }

            @Override
            public void abandoned() {
                outcome.add("abandoned");
            }

            @Override
            public boolean isWanted() {
                return !settled;
            }
        };
        return new Submission(turn, listener, "msg_1", Prompt.of("Hi"));
    }

    private void send(AgentException... failures) {
        answers.addAll(List.of(failures));
        submission().post();
    }

    private static Where answered(int status) {
        return Where.of("POST", "/session/ses_1/prompt_async").answered(status);
    }

    private static ConnectionException lost() {
        return new ConnectionException("the connection broke", null, null);
    }

    private void stored(boolean... inTurn) {
        Queue<Boolean> queue = new ArrayDeque<>();
        for (boolean one : inTurn) queue.add(one);
        server.stored = () -> CompletableFuture.completedFuture(queue.remove());
    }

    @Test
    void anAcceptedPromptIsSentOnce() {
        send();
        time.advance(Duration.ofHours(1));
        assertThat(outcome).containsExactly("accepted");
        assertThat(server.calls).containsExactly("submit");
    }

    @Test
    void aLostAnswerToAPromptThatArrivedIsNoFailure() {
        stored(true);
        send(lost());
        assertThat(outcome).containsExactly("accepted");
        assertThat(server.calls).containsExactly("submit", "isStored");
    }

    /** Its ids are ours: if the first one was still on its way, the second is the same message. */
    @Test
    void aPromptThatTheServerDoesNotHaveIsPostedAgainUnderTheSameId() {
        stored(false);
        send(lost());
        assertThat(outcome).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(outcome).containsExactly("accepted");
        assertThat(server.calls).containsExactly("submit", "isStored", "submit");
    }

    @Test
    void aPromptThatNeverArrivesIsPostedThreeTimesAndThenNoMore() {
        stored(false, false, false);
        send(lost(), lost(), lost());
        time.advance(Duration.ofSeconds(2));
        assertThat(server.calls).containsExactly("submit", "isStored", "submit", "isStored", "submit", "isStored");
        assertThat(outcome).containsExactly("refused");
        assertThat(refusal).isInstanceOf(ConnectionException.class);
    }

    @Test
    void aRefusalIsFinal() {
        for (int status : new int[] {302, 400, 401, 404, 422}) {
            outcome.clear();
            server.calls.clear();
            send(new BadRequestException("no", answered(status), null));
            time.advance(Duration.ofHours(1));
            assertThat(outcome).as("status %d", status).containsExactly("refused");
            assertThat(server.calls).containsExactly("submit");
        }
    }

    @Test
    void aServerErrorMayHaveComeAfterTheStoring() {
        stored(true);
        send(ServerException.fatal("oops", answered(500)));
        assertThat(outcome).containsExactly("accepted");
        outcome.clear();
        stored(false, false);
        send(ServerException.fatal("oops", answered(500)));
        time.advance(Duration.ofHours(1));
        assertThat(outcome).containsExactly("refused");
        assertThat(server.count("submit")).isEqualTo(2);
    }

    @Test
    void aWebPageIsNoAnswerAndThePromptIsNotSentTwice() {
        stored(false, false);
        send(new ProtocolException("a web page", answered(200), "<html>", null));
        time.advance(Duration.ofHours(1));
        assertThat(outcome).containsExactly("refused");
        assertThat(server.count("submit")).isEqualTo(1);
    }

    @Test
    void tooManyRequestsWaitAsLongAsTheServerSays() {
        send(new RateLimitException("slow down", answered(429), Instant.now().plusSeconds(30)));
        time.advance(Duration.ofSeconds(25));
        assertThat(server.count("submit")).isEqualTo(1);
        time.advance(Duration.ofSeconds(6));
        assertThat(outcome).containsExactly("accepted");
        assertThat(server.count("submit")).isEqualTo(2);
    }

    @Test
    void aServerThatIsNotReadyIsTriedThreeTimes() {
        ServerException notReady = ServerException.retryable("starting", answered(503));
        send(notReady, notReady, notReady, notReady);
        time.advance(Duration.ofMinutes(1));
        assertThat(server.count("submit")).isEqualTo(3);
        assertThat(outcome).containsExactly("refused");
    }

    @Test
    void whenItCannotBeAskedEitherTheDoubtIsToldAfterAWhile() {
        server.stored = () -> CompletableFuture.failedFuture(lost());
        send(lost());
        time.advance(Duration.ofSeconds(119));
        assertThat(outcome).isEmpty();
        time.advance(Duration.ofSeconds(5));
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        AmbiguousSubmitException.class,
                        doubt -> assertThat(doubt.messageId()).isEqualTo("msg_1"));
        assertThat(server.count("submit")).isEqualTo(1);
    }

    @Test
    void aSessionThatIsGoneCannotTakeIt() {
        server.stored = () -> CompletableFuture.failedFuture(new SessionNotFoundException("gone", null, null));
        send(lost());
        assertThat(refusal).isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void onceThePromptIsSeenOrTheTurnIsOverNothingMoreIsSent() {
        stored(false, false, false);
        send(lost());
        settled = true;
        time.advance(Duration.ofHours(1));
        assertThat(server.calls).containsExactly("submit", "isStored");
        assertThat(outcome).containsExactly("abandoned");
    }

    @Test
    void aResponseLostAfterTheEndIsToldAsAbandonedAndARefusalAsSuch() {
        settled = true;
        send(lost());
        assertThat(outcome).containsExactly("abandoned");
        outcome.clear();
        send(new BadRequestException("no", answered(400), null));
        assertThat(outcome).containsExactly("refused");
    }

    @Test
    void aPromptThatTheServerLosesIsSentAtMostThreeTimes() {
        Submission submission = submission();
        submission.post();
        assertThat(submission.postAgain()).isTrue();
        assertThat(submission.postAgain()).isTrue();
        assertThat(submission.postAgain()).isFalse();
        assertThat(server.count("submit")).isEqualTo(3);
    }
}
