package dev.opencode4j.core;

import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.prompt.Prompt;

/**
 * What an agent can do. Where one is false, the operation throws {@code UnsupportedFeatureException}.
 *
 * @param streaming text arrives in pieces while it is written
 * @param resume a session can be opened again, with its memory, by its id
 * @param reattach a turn that outlived its process can be joined again by its message id
 * @param tools the agent runs tools of its own
 * @param interactions permissions and questions reach the policies
 * @param structured answers can be made to follow a JSON schema
 * @param attachments files can go with a prompt
 */
public record Capabilities(
        boolean streaming,
        boolean resume,
        boolean reattach,
        boolean tools,
        boolean interactions,
        boolean structured,
        boolean attachments) {

    /**
     * Refuses what such an agent can't do: policies that nobody would ever ask. For those who write an agent, to call
     * before anything else is done.
     */
    public void check(SessionOptions options) {
        boolean asks = options.permissions().standing().isEmpty()
                || !options.questions().rejectsAll();
        if (asks && !interactions) {
            throw unsupported(
                    "it can't ask, so that policies must decide all alike, as PermissionPolicy.reject(), once()"
                            + " and always() and QuestionPolicy.reject() do");
        }
    }

    /** Refuses what such an agent can't do: schemas, attachments, a choice of tools. As {@link #check(SessionOptions)}. */
    public void check(Prompt prompt) {
        if (prompt.schema() != null && !structured) throw unsupported("its answers can't be made to follow a schema");
        if (!prompt.attachments().isEmpty() && !attachments) throw unsupported("it takes no attachments");
        if (!prompt.tools().isEmpty() && !tools) throw unsupported("it has no tools of its own");
    }

    private static UnsupportedFeatureException unsupported(String why) {
        return new UnsupportedFeatureException("this agent can't do that: " + why, null, null);
    }
}
