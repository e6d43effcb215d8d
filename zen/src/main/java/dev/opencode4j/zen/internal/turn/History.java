package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.zen.internal.wire.Message;
import dev.opencode4j.zen.internal.wire.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a conversation. It changes with the end of a turn that went well, and as a whole: what a failed turn
 * said was never said. Thread-safe.
 */
final class History {

    /**
     * Calls that wait for the caller's results.
     *
     * @param calls the calls
     * @param ask what was asked
     */
    record Waiting(List<ToolCall> calls, Ask ask) {}

    private final List<Message> messages = new ArrayList<>();
    private @Nullable Waiting waiting;

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    synchronized @Nullable Waiting waiting() {
        return waiting;
    }

    synchronized void commit(List<Message> turn, @Nullable Waiting next) {
        messages.addAll(turn);
        waiting = next;
    }
}
