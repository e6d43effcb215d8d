package dev.opencode4j.core.error;

import dev.opencode4j.core.reply.TurnResult;
import org.jspecify.annotations.Nullable;

/** The answer or the context outgrew what the model can hold. */
public final class OutputLimitException extends AgentException {

    private static final long serialVersionUID = 1L;

    /** A limit met, in the other side's words. */
    public OutputLimitException(String message, @Nullable Where where) {
        super(message, where, "Ask for less at once, or start a new session.", null);
    }

    private OutputLimitException(OutputLimitException other) {
        super(other);
    }

    /** The text that was written before the limit; may be empty. */
    public String partialText() {
        return partial().map(TurnResult::text).orElse("");
    }

    @Override
    protected OutputLimitException duplicate() {
        return new OutputLimitException(this);
    }
}
