package dev.opencode4j.zen;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Capabilities;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.zen.internal.turn.Conversation;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A conversation with a model. What was said lives in this object and is sent with every prompt; a turn that failed, was
 * interrupted or ran out of time leaves it as it was. Thread-safe.
 *
 * <p>{@link #start} refuses attachments that are no images ({@link IllegalArgumentException}), agents and variants of
 * models ({@link dev.opencode4j.core.error.UnsupportedFeatureException}) before anything is sent.
 */
public final class ZenSession implements AgentSession {

    private final Conversation conversation;
    private final Capabilities capabilities;
    private final Consumer<ZenSession> onClose;

    ZenSession(Conversation conversation, Capabilities capabilities, Consumer<ZenSession> onClose) {
        this.conversation = conversation;
        this.capabilities = capabilities;
        this.onClose = onClose;
    }

    /** A handle of this object's; nothing can be resumed by it. */
    @Override
    public String id() {
        return conversation.id();
    }

    /**
     * Starts a turn and returns at once. Tool calls of the last turn that wait for {@link #answer} are given up: the model
     * is told that they were not run.
     */
    @Override
    public Turn start(Prompt prompt) {
        capabilities.check(prompt);
        return conversation.start(prompt);
    }

    /**
     * Goes on after a turn that ended with calls of tools that have no code here: tells the model what came of them.
     * Returns at once; a failed one can be asked again.
     *
     * @param results the result of each call that waits, by its call id
     * @throws IllegalArgumentException if they are not of exactly these calls
     * @throws IllegalStateException if no call waits, a turn is in progress, or the session is closed
     */
    public Turn answer(Map<String, String> results) {
        return conversation.answer(Map.copyOf(results));
    }

    @Override
    public void interrupt() {
        conversation.interrupt();
    }

    /** Interrupts the turn in progress and forgets what was said. */
    @Override
    public void close() {
        conversation.close();
        onClose.accept(this);
    }

    @Override
    public String toString() {
        return "ZenSession[" + id() + ']';
    }
}
