package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.v1.WireId;
import org.jspecify.annotations.Nullable;

/**
 * How a turn begins: with a prompt to send, or with one that the server has.
 *
 * @param prompt what is to be sent; null if that has been done before
 * @param messageId the prompt's id; null if one is to be found
 */
public record Opening(@Nullable Prompt prompt, @Nullable String messageId) {

    /** Refuses a message id of the wrong form. */
    public Opening {
        if (messageId != null) WireId.message(messageId);
    }

    /** A new turn. */
    public static Opening send(Prompt prompt) {
        return new Opening(prompt, prompt.messageId());
    }

    /** A turn whose prompt the server has. */
    public static Opening join(String messageId) {
        return new Opening(null, messageId);
    }

    /** The agent that the prompt asks for, if it is known and asks for one. */
    @Nullable
    String agent() {
        return prompt == null ? null : prompt.agent();
    }
}
