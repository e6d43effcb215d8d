package dev.opencode4j.core.interaction;

import dev.opencode4j.core.argument.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link PermissionRequest}. An open value: compare {@link #decision()} with the constants.
 *
 * @param decision {@code once}, {@code always} or {@code reject}
 * @param message words for the agent, or null; OpenCode shows them to the model after a rejection
 */
public record PermissionReply(String decision, @Nullable String message) {

    /** This time. */
    public static final PermissionReply ONCE = new PermissionReply("once", null);

    /**
     * This time and whenever the request's {@linkplain PermissionRequest#always() "always" patterns} match again, which
     * may be far more than what was asked: for {@code echo hi} it is {@code echo *}, with any redirect behind it. Real
     * servers remember it for the whole directory.
     */
    public static final PermissionReply ALWAYS = new PermissionReply("always", null);

    /** No. OpenCode ends the turn after a rejection without words. */
    public static final PermissionReply REJECT = new PermissionReply("reject", null);

    /** No, and why: the model reads the words and may go on in another way. */
    public static PermissionReply rejectBecause(String words) {
        return new PermissionReply("reject", Arguments.text(words, "words"));
    }
}
