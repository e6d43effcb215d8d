package dev.opencode4j.core.interaction;

import dev.opencode4j.core.part.Json;
import org.jspecify.annotations.Nullable;

/**
 * What the tool call that waits for a permission does once it is allowed, as far as the agent tells.
 *
 * <p>All three OpenCode versions name the patterns of a command; the command itself is in the request's metadata on
 * 1.18.33, and only in the input of the tool call on 1.2.27 and 1.15.13 (measured). Agents look for it there before they
 * ask a policy.
 *
 * @param command the exact text that the shell is given, for a permission to run a command; null if that is not known
 * @param diff the change as a unified diff, for a permission to edit; null if that is not known
 * @param input the arguments of the tool call, or {@link Json#EMPTY} if they were not needed or are not known
 */
public record ToolCallDetails(
        @Nullable String command, @Nullable String diff, Json input) {

    /** Nothing is known. */
    public static final ToolCallDetails UNKNOWN = new ToolCallDetails(null, null, Json.EMPTY);
}
