package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.core.work.TurnLimits;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer on their way to its intake, on the thread that the HTTP client brings them with.
 *
 * <p>Done as soon as the answer is whole, whether or not the connection ends then; a connection whose end does not follow
 * is cut after {@link #GRACE}. So is one where an answer has finished and neither says that it is whole nor goes on.
 */
final class AnswerBody implements HttpResponse.BodySubscriber<Outcome> {

    /** How long an answer that has finished is waited for; its usage follows within milliseconds. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** Why there is no outcome, if there is none. */
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private final Intake intake;
    private final TurnLimits limits;
    private final Ticker ticker;
    private byte[] bytes = new byte[0];
    private Flow.@Nullable Subscription subscription;
    private Ticker.@Nullable Cancellable grace;
    private boolean over;
    private @Nullable AgentException failure;

    AnswerBody(Intake intake, TurnLimits limits, Ticker ticker) {
        this.intake = intake;
        this.limits = limits;
        this.ticker = ticker;
    }

    @Override
    public CompletionStage<Outcome> getBody() {
        return outcome;
    }

    /** Why the answer failed, where {@link #getBody} gives none. */
    synchronized @Nullable AgentException failure() {
        return failure;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (over) given.cancel();
        else given.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        if (over) return;
        limits.heard();
        Intake.Progress progress = Intake.Progress.OPEN;
        try {
            for (ByteBuffer buffer : buffers) progress = take(buffer);
        } catch (AgentException e) {
            fail(e);
            return;
        } catch (RuntimeException e) {
            fail(ServerException.unexpected(e));
            return;
        }
        if (progress == Intake.Progress.WHOLE) conclude(null);
        if (progress != Intake.Progress.OPEN && grace == null) grace = ticker.schedule(GRACE, this::close);
    }

    private Intake.Progress take(ByteBuffer buffer) {
        int length = buffer.remaining();
        if (bytes.length < length) bytes = new byte[length];
        buffer.get(bytes, 0, length);
        return intake.take(bytes, 0, length);
    }

    @Override
    public synchronized void onError(Throwable error) {
        done(error);
    }

    @Override
    public synchronized void onComplete() {
        done(null);
    }

    private void done(@Nullable Throwable cut) {
        if (grace != null) grace.cancel();
        conclude(cut);
    }

    /** Lets go of the connection; what has come by now is all. Does nothing when it has ended. */
    synchronized void close() {
        conclude(null);
        if (subscription != null) subscription.cancel();
    }

    private void conclude(@Nullable Throwable cut) {
        if (over) return;
        over = true;
        try {
            outcome.complete(intake.conclude(cut));
        } catch (AgentException e) {
            fail(e);
        }
    }

    private void fail(AgentException error) {
        over = true;
        failure = error;
        if (subscription != null) subscription.cancel();
        outcome.completeExceptionally(error);
    }
}
