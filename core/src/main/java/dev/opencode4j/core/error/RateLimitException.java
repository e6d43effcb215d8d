package dev.opencode4j.core.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Too many requests or tokens in too short a time. */
public final class RateLimitException extends AgentException {

    private static final long serialVersionUID = 1L;

    private final Instant resetAt;

    /** A refusal that ends at {@code resetAt}, as the other side said or as is usual. */
    public RateLimitException(String message, @Nullable Where where, Instant resetAt) {
        super(message, where, "Wait until " + resetAt + ".", null);
        this.resetAt = resetAt;
    }

    private RateLimitException(RateLimitException other) {
        super(other);
        this.resetAt = other.resetAt;
    }

    /** When to try again. */
    public Instant resetAt() {
        return resetAt;
    }

    /** {@link #resetAt()}. */
    @Override
    public Optional<Instant> retryAt() {
        return Optional.of(resetAt);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    protected RateLimitException duplicate() {
        return new RateLimitException(this);
    }
}
