package dev.opencode4j.server.internal.turn;

import dev.opencode4j.server.model.Message;
import java.util.List;

/**
 * What a session holds since a prompt.
 *
 * @param promptStored whether the prompt is there
 * @param afterPrompt the messages after it, oldest first
 */
record History(boolean promptStored, List<Message> afterPrompt) {}
