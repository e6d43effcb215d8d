package dev.opencode4j.core.error;

import org.jspecify.annotations.Nullable;

/**
 * A prompt was sent and nobody can say whether it arrived: the answer was lost, and so was the way to ask. Ask for the
 * message later: if it is there the prompt ran or runs, if not it may be sent again under the same id.
 */
public final class AmbiguousSubmitException extends AgentException {

    private static final long serialVersionUID = 1L;

    private final String messageId;

    /** A lost answer to the prompt {@code messageId}. */
    public AmbiguousSubmitException(String messageId, @Nullable Where where, @Nullable Throwable cause) {
        super(
                "the prompt may or may not have arrived",
                where,
                "Look for message " + messageId + " before sending it again.",
                cause);
        this.messageId = messageId;
    }

    private AmbiguousSubmitException(AmbiguousSubmitException other) {
        super(other);
        this.messageId = other.messageId;
    }

    /** The prompt's message id. */
    public String messageId() {
        return messageId;
    }

    @Override
    protected AmbiguousSubmitException duplicate() {
        return new AmbiguousSubmitException(this);
    }
}
