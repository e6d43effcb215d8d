package dev.opencode4j.core.error;

import dev.opencode4j.core.part.Excerpt;
import org.jspecify.annotations.Nullable;

/** The answer is not what the protocol says: HTML for an API call, broken JSON, an answer without end. */
public final class ProtocolException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** As much of an answer as an error keeps. */
    public static final int RAW_LIMIT = 200;

    private final String raw;

    /** An answer that can't be understood; of {@code raw} at most {@value #RAW_LIMIT} characters are kept. */
    public ProtocolException(String message, @Nullable Where where, String raw, @Nullable Throwable cause) {
        super(message, where, "Check that the address is right and that the version there is certified.", cause);
        this.raw = Excerpt.of(raw, RAW_LIMIT);
    }

    private ProtocolException(String message, String hint, @Nullable Where where, String raw) {
        super(message, where, hint, null);
        this.raw = Excerpt.of(raw, RAW_LIMIT);
    }

    /** An answer that is larger than it may be; {@code hint} says what to do about that. */
    public static ProtocolException tooLarge(String message, @Nullable Where where, String raw, String hint) {
        return new ProtocolException(message, hint, where, raw);
    }

    private ProtocolException(ProtocolException other) {
        super(other);
        this.raw = other.raw;
    }

    /** The beginning of what was received. */
    public String raw() {
        return raw;
    }

    @Override
    protected ProtocolException duplicate() {
        return new ProtocolException(this);
    }
}
