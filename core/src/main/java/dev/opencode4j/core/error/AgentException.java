package dev.opencode4j.core.error;

import dev.opencode4j.core.reply.TurnResult;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request or a turn failed. The subclasses are told apart by what the caller does about them.
 *
 * <p>The message says what was tried, what came back and what to try next; it never holds a secret, a query or a
 * request body. When a turn failed, {@link #partial()} keeps everything that had been
 * received; no two turns fail with the same object.
 */
public abstract class AgentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Where where;
    private final String reason;
    private final String hint;
    private transient @Nullable TurnResult partial;

    /**
     * For subclasses.
     *
     * @param message what came back, in the other side's words where it had any
     * @param where the request that failed, or null
     * @param hint what to try, as a sentence, or empty
     * @param cause what was caught, or null
     */
    protected AgentException(String message, @Nullable Where where, String hint, @Nullable Throwable cause) {
        super(Where.describe(where, message, hint), cause);
        this.where = where;
        this.reason = message;
        this.hint = hint;
    }

    /** For {@link #duplicate} of subclasses. */
    protected AgentException(AgentException other) {
        super(other.getMessage(), other.getCause());
        this.where = other.where;
        this.reason = other.reason;
        this.hint = other.hint;
        this.partial = other.partial;
    }

    /**
     * The same failure as another object, of the same class and with the same stack trace. One cause may fail many turns,
     * and whoever adds something to its exception adds it to a copy: nobody else's must show it.
     */
    public final AgentException copy() {
        AgentException copy = duplicate();
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) copy.addSuppressed(suppressed);
        return copy;
    }

    /** Another object of this class with the same fields; stack trace and suppressed exceptions are not its concern. */
    protected abstract AgentException duplicate();

    /** What came back, in the other side's own words where it had any. */
    public String reason() {
        return reason;
    }

    /** The request that failed; empty when the failure is not one request's. */
    public Optional<Where> where() {
        return Optional.ofNullable(where);
    }

    /** What to try, as a sentence; may be empty. */
    public String hint() {
        return hint;
    }

    /** Whether the same thing may go well later without a change. False for a prompt that may have run. */
    public boolean isRetryable() {
        return false;
    }

    /** When the other side wants to be asked again; empty unless it said so, or it is a rate limit, which has a usual end. */
    public Optional<Instant> retryAt() {
        return Optional.empty();
    }

    /** What the failed turn had received; empty when the failure is not a turn's. */
    public Optional<TurnResult> partial() {
        return Optional.ofNullable(partial);
    }

    /** A copy that keeps what the failed turn had received; this exception stays as it is. */
    public final AgentException withPartial(TurnResult received) {
        AgentException own = copy();
        own.partial = received;
        return own;
    }
}
