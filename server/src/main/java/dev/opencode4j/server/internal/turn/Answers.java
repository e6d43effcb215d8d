package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the session are this turn's. An answer names the user message it answers; that is this turn's
 * prompt, or a message with which the server itself went on after compacting the history, be it words of its own or
 * the prompt once more. All else in the session is somebody else's: the user's own words come back as a part, and
 * another client may prompt the same session.
 */
public final class Answers {

    private final String promptId;
    private final Set<String> prompts = new HashSet<>(2);
    private final Set<String> notOurs = new HashSet<>(2);
    private final Set<String> spoken = new HashSet<>(2);
    private final Set<String> continued = new HashSet<>(0);
    private final Set<String> promptWords = new HashSet<>(2);
    private final Map<String, MessageInfo> answers = new LinkedHashMap<>(2);
    private String latest = "";
    private boolean promptSeen;
    private boolean isCompacted;

    /** The answers to a prompt. */
    public Answers(String promptId) {
        this.promptId = promptId;
        prompts.add(promptId);
        notOurs.add(promptId); // The prompt's parts are the user's words, not the reply's.
    }

    /** The id of the prompt that is answered. */
    String promptId() {
        return promptId;
    }

    /** Takes in what is told of a message; true if it is an answer of this turn. */
    public boolean changed(MessageInfo info) {
        if (info.id().equals(promptId)) promptSeen = true;
        if (info.isAssistant() && info.summary()) isCompacted = true;
        // The server makes these ids from its own clock: a later answer has a higher one.
        if (info.isAssistant() && !info.summary() && info.id().compareTo(latest) > 0) latest = info.id();
        String parent = info.parentId();
        boolean ours = info.isAssistant() && parent != null && prompts.contains(parent) && !info.summary();
        if (ours) answers.put(info.id(), info);
        else notOurs.add(info.id());
        return ours;
    }

    /**
     * The server may have gone on by itself with this user message. It does so after it has compacted the history; else the
     * message is somebody's who attached a file, of which the server makes words of its own, too.
     */
    public void continuedWith(String messageId) {
        if (!isCompacted || spoken.contains(messageId)) return;
        continued.add(messageId);
        prompts.add(messageId);
    }

    /** Takes in a message as it is stored; true if it is an answer of this turn. */
    public boolean stored(Message message) {
        if (message.continuation()) continuedWith(message.id());
        else if (message.info().isUser()) message.parts().forEach(part -> said(message.id(), part));
        return changed(message.info());
    }

    /** This part stands in a message that is no answer of this turn. */
    public void said(String messageId, Part part) {
        if (part instanceof TextPart text) spoken(messageId, text.text());
        else spokenBySomebody(messageId);
    }

    /**
     * These words stand in this message. When a prompt was too long, the server repeats it in a new message after it has
     * compacted what was before.
     */
    void spoken(String messageId, String words) {
        MessageInfo last = last();
        boolean isRepeated =
                last != null && isGivenUp(last) && promptWords.contains(words) && messageId.compareTo(promptId) > 0;
        if (messageId.equals(promptId)) promptWords.add(words);
        else if (isRepeated) prompts.add(messageId);
        else spokenBySomebody(messageId);
    }

    /** Somebody's own words stand in this message. */
    void spokenBySomebody(String messageId) {
        spoken.add(messageId);
        if (continued.remove(messageId)) prompts.remove(messageId);
    }

    /** Whether the message is an answer of this turn. */
    public boolean isOurs(String messageId) {
        return answers.containsKey(messageId);
    }

    /** Whether the latest answer begun in the session is one of this turn's: what the session does, it does for us. */
    public boolean isLatestOurs() {
        return answers.containsKey(latest);
    }

    /** Whether the latest answer begun in the session is another turn's. */
    public boolean isLatestOthers() {
        return !latest.isEmpty() && !isLatestOurs();
    }

    /** Whether the message is known to be none of this turn's answers. */
    public boolean isForeign(String messageId) {
        return notOurs.contains(messageId);
    }

    /** Whether the message is a prompt that this turn answers. */
    public boolean isPrompt(String messageId) {
        return prompts.contains(messageId);
    }

    /** Whether the server has shown that it has the prompt. */
    public boolean isPromptSeen() {
        return promptSeen || !answers.isEmpty();
    }

    /** Whether there is no answer yet. */
    public boolean isEmpty() {
        return answers.isEmpty();
    }

    /** Whether there is an answer, and none is still being written. */
    public boolean areWhole() {
        for (MessageInfo info : answers.values()) {
            if (info.isInProgress()) return false;
        }
        return !answers.isEmpty();
    }

    /** Whether the answers are whole and the model does not want to go on. */
    public boolean areFinal() {
        MessageInfo last = last();
        return last != null && areWhole() && !last.wantsMore() && !isGivenUp(last);
    }

    /**
     * A prompt that was too long leaves an answer with neither a reason for its end nor an error: the server compacts the
     * history and goes on (1.2.27, 1.15.13, 1.18.33).
     */
    private static boolean isGivenUp(MessageInfo answer) {
        return !answer.isInProgress()
                && answer.finish() == null
                && answer.error() == null
                && answer.structured() == null;
    }

    /** The latest answer, or null. */
    public @Nullable MessageInfo last() {
        MessageInfo last = null;
        for (MessageInfo info : answers.values()) last = info;
        return last;
    }
}
