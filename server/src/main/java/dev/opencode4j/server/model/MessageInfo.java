package dev.opencode4j.server.model;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a message, beside its parts.
 *
 * @param id the message's id
 * @param sessionId the session that holds it
 * @param role {@code user} or {@code assistant}
 * @param parentId the user message that an assistant's answers; null for a user's
 * @param created when it was begun, by the server's clock; null when not told
 * @param completed when an assistant's was over, or null while it is not (and after a crash, for good)
 * @param finish why the model stopped: {@code stop}, {@code length}, {@code tool-calls} and others; or null
 * @param usage the tokens of its steps
 * @param cost the cost of its steps
 * @param summary whether it is the server's own summary of a history that grew too long
 * @param error why it failed, or null
 * @param agent the agent's name, or null
 * @param model the model, or null
 * @param structured the value that was asked for with a JSON schema, or null
 */
public record MessageInfo(
        String id,
        String sessionId,
        String role,
        @Nullable String parentId,
        @Nullable Instant created,
        @Nullable Instant completed,
        @Nullable String finish,
        Usage usage,
        BigDecimal cost,
        boolean summary,
        @Nullable AgentException error,
        @Nullable String agent,
        @Nullable Model model,
        @Nullable Json structured) {

    /** Whether an agent wrote it. */
    public boolean isAssistant() {
        return role.equals("assistant");
    }

    /** Whether the user wrote it. */
    public boolean isUser() {
        return role.equals("user");
    }

    /** Whether it is an assistant's that is still being written, or was when the server died. */
    public boolean isInProgress() {
        return isAssistant() && completed == null;
    }

    /** Why it does not hold what was asked for: it failed, or the model was cut off at its longest answer; or null. */
    public @Nullable AgentException failure() {
        boolean isCutOff = error == null && "length".equals(finish);
        return isCutOff ? new OutputLimitException("the answer was cut off at its longest length", null) : error;
    }

    /** Whether the model wants to go on after it, because it called tools. */
    public boolean wantsMore() {
        return structured == null && ("tool-calls".equals(finish) || "unknown".equals(finish));
    }
}
