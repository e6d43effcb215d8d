package dev.opencode4j.cli.internal.config;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * What one turn wants: the prompt's wishes before the session's.
 *
 * @param prompt the prompt
 * @param options the session's options
 */
public record Order(Prompt prompt, SessionOptions options) {

    /** The model, or null for OpenCode's own choice. */
    public @Nullable Model model() {
        return prompt.model() == null ? options.model() : prompt.model();
    }

    /** OpenCode's name for the agent, or null for its own choice. */
    public @Nullable String agent() {
        return prompt.agent() == null ? options.agent() : prompt.agent();
    }

    /** Whether what needs permission is allowed, unless it is denied by name. */
    public boolean allowsAll() {
        return options.permissions()
                .standing()
                .filter(reply -> reply.equals(PermissionReply.ONCE) || reply.equals(PermissionReply.ALWAYS))
                .isPresent();
    }
}
