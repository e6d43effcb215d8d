package dev.opencode4j.core.reply;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import java.util.List;

/**
 * What a turn asked for and did not get, in the order of the answers. OpenCode ends a turn after a rejection without
 * words, and such a turn completes like any other: its answer may stop at the tool call that was rejected.
 *
 * <p>Requests that were still open when a turn was interrupted or timed out are rejected for that reason, and are among
 * them if the agent confirmed it before the end.
 *
 * @param permissions the permissions that were rejected, by the session's {@code PermissionPolicy} or by somebody else
 * @param questions the questions that were rejected, by the session's {@code QuestionPolicy} or by somebody else
 */
public record Rejections(List<PermissionRequest> permissions, List<QuestionRequest> questions) {

    /** Nothing was rejected. */
    public static final Rejections NONE = new Rejections(List.of(), List.of());

    /** Keeps copies of the lists. */
    public Rejections {
        permissions = List.copyOf(permissions);
        questions = List.copyOf(questions);
    }

    /** Whether nothing was rejected. */
    public boolean isEmpty() {
        return permissions.isEmpty() && questions.isEmpty();
    }
}
