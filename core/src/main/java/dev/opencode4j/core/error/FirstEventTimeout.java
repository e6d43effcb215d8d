package dev.opencode4j.core.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Nothing of the turn was seen in time, although the prompt was accepted. */
public final class FirstEventTimeout extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /** The duration {@code limit} ran out. */
    public FirstEventTimeout(Duration limit, @Nullable Where where) {
        super(
                "no sign of the turn",
                limit,
                where,
                "Raise the first-event timeout if the model starts slowly; else the session may be dead.");
    }

    private FirstEventTimeout(FirstEventTimeout other) {
        super(other);
    }

    @Override
    protected FirstEventTimeout duplicate() {
        return new FirstEventTimeout(this);
    }
}
