package dev.opencode4j.core.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The other side failed: a 5xx answer, a crash in the middle of a turn, a provider's outage. */
public final class ServerException extends AgentException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final @Nullable Instant retryAt;

    private ServerException(
            String message, @Nullable Where where, String hint, boolean retryable, @Nullable Throwable cause) {
        this(message, where, hint, retryable, null, cause);
    }

    private ServerException(
            String message,
            @Nullable Where where,
            String hint,
            boolean retryable,
            @Nullable Instant retryAt,
            @Nullable Throwable cause) {
        super(message, where, hint, cause);
        this.retryable = retryable;
        this.retryAt = retryAt;
    }

    private ServerException(ServerException other) {
        super(other);
        this.retryable = other.retryable;
        this.retryAt = other.retryAt;
    }

    /** A read that failed, or a request that was refused before anything ran: worth another try. */
    public static ServerException retryable(String message, @Nullable Where where) {
        return new ServerException(message, where, "Try again later; the server's log may say more.", true, null);
    }

    /** A failure after which something may have run: not to be repeated blindly. */
    public static ServerException fatal(String message, @Nullable Where where) {
        return new ServerException(message, where, "The server's log may say more.", false, null);
    }

    /** The same failure, whose other side said when to come back; itself if {@code when} is null. */
    public ServerException comeBackAt(@Nullable Instant when) {
        if (when == null) return this;
        return new ServerException(reason(), where().orElse(null), hint(), retryable, when, getCause());
    }

    /** What nobody expected, as an agent's failure: a defect here or there, or one of a program's own callback. */
    public static ServerException unexpected(Throwable cause) {
        return new ServerException("unexpected: " + cause, null, "The cause says where.", false, cause);
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }

    @Override
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }

    @Override
    protected ServerException duplicate() {
        return new ServerException(this);
    }
}
