package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.SessionStatus;
import java.util.List;

/**
 * A session as it was found when it was asked for.
 *
 * @param status what it is doing; idle only if it was so before and after the messages were read
 * @param promptStored whether the turn's prompt is there
 * @param messages the messages after the prompt, oldest first
 * @param permissions the permission requests that are pending, of every session
 * @param questions the questions that are pending, of every session
 * @param taskCalls the tool calls that started sub-agents, a sub-agent's own after the one that started it
 * @param subAgentMessages the latest messages of the sub-agents that are at work, oldest first
 */
public record Snapshot(
        SessionStatus status,
        boolean promptStored,
        List<Message> messages,
        List<PermissionRequest> permissions,
        List<QuestionRequest> questions,
        List<TaskCall> taskCalls,
        List<Message> subAgentMessages) {}
