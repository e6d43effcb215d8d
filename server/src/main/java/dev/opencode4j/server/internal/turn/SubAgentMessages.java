package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which messages of a sub-agent's session are the turn's: those that answer what its tool calls prompted there. A person
 * may prompt the same session, while the sub-agent works and afterwards.
 *
 * <p>The first prompt that is known of the session is the call's, for the call has just created the session; a later one
 * is if it says what a call told the sub-agent to do. For one thread at a time.
 */
final class SubAgentMessages {

    private final Set<String> prompts = new HashSet<>(2);
    private final List<Answers> answers = new ArrayList<>(1);

    /** A tool call of the turn's has prompted the sub-agent so. */
    void prompted(String prompt) {
        prompts.add(prompt.strip());
    }

    /** Takes in what is told of a message; true if it is the turn's. */
    boolean changed(MessageInfo info) {
        String prompt = info.isUser() ? info.id() : info.parentId();
        if (answers.isEmpty() && prompt != null) answers.add(new Answers(prompt));
        boolean isOurs = false;
        for (Answers one : answers) isOurs |= one.changed(info);
        return isOurs;
    }

    /** Takes in a part of a message that is not known as the turn's. */
    void said(String messageId, Part part) {
        boolean isPrompt =
                part instanceof TextPart text && prompts.contains(text.text().strip());
        if (isPrompt && answers.stream().noneMatch(one -> one.isPrompt(messageId))) answers.add(new Answers(messageId));
        answers.forEach(one -> one.said(messageId, part));
    }

    /** Takes in a message as it is stored; true if it is the turn's. */
    boolean stored(Message message) {
        if (message.info().isUser()) message.parts().forEach(part -> said(message.id(), part));
        return changed(message.info());
    }

    boolean isOurs(String messageId) {
        return answers.stream().anyMatch(one -> one.isOurs(messageId));
    }

    /** Whether the message is known to be none of the turn's. */
    boolean isForeign(String messageId) {
        return !isOurs(messageId) && answers.stream().anyMatch(one -> one.isForeign(messageId));
    }

    /** Whether what the sub-agent does at the moment it does for the turn. */
    boolean isLatestOurs() {
        return answers.stream().anyMatch(Answers::isLatestOurs);
    }
}
