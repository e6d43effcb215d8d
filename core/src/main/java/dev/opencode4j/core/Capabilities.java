package dev.opencode4j.core;

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
        boolean attachments) {}
