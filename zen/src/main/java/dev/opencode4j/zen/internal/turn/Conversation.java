package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.TurnSlot;
import dev.opencode4j.core.work.WorkedTurn;
import dev.opencode4j.zen.internal.wire.Message;
import dev.opencode4j.zen.internal.wire.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The turns of one session, which remember each other. Thread-safe. */
public final class Conversation {

    private static final String NOT_RUN = "The user went on without running this tool.";

    private final String id = Ids.next("zen");
    private final Workshop workshop;
    private final SessionOptions options;
    private final AskReader reader;
    private final History history = new History();
    private final TurnSlot slot = new TurnSlot(id);

    /**
     * A new conversation.
     *
     * @throws UnsupportedFeatureException if the options name an agent or a variant of a model
     */
    public Conversation(Workshop workshop, SessionOptions options) {
        if (options.agent() != null) {
            throw new UnsupportedFeatureException("agents are OpenCode's, and a bare model has none", null, null);
        }
        this.workshop = workshop;
        this.options = options;
        this.reader = new AskReader(workshop.settings(), options.model());
    }

    /** Its name; nobody else knows it. */
    public String id() {
        return id;
    }

    /** Starts a turn with a prompt; calls that wait for results are given up. */
    public Turn start(Prompt prompt) {
        return begin(() -> {
            Ask ask = reader.read(prompt);
            History.Waiting waiting = history.waiting();
            if (waiting == null) return ask;
            List<Message> news = new ArrayList<>();
            for (ToolCall call : waiting.calls()) news.add(Message.tool(call.id(), NOT_RUN));
            news.addAll(ask.news());
            return ask.with(news);
        });
    }

    /** Starts a turn that goes on where the last one stopped for these results, by call id. */
    public Turn answer(Map<String, String> results) {
        return begin(() -> {
            History.Waiting waiting = history.waiting();
            if (waiting == null) throw new IllegalStateException("no tool call of session " + id + " waits");
            Set<String> ids = waiting.calls().stream().map(ToolCall::id).collect(Collectors.toSet());
            if (!ids.equals(results.keySet())) {
                throw new IllegalArgumentException(
                        "results: must be of the calls " + ids + ", were of " + results.keySet());
            }
            List<Message> news = waiting.calls().stream()
                    .map(call -> Message.tool(call.id(), results.getOrDefault(call.id(), "")))
                    .toList();
            return waiting.ask().next(Ids.next("msg"), news);
        });
    }

    private Turn begin(Supplier<Ask> asking) {
        return slot.start(free -> {
            ChatTurn work = new ChatTurn(
                    workshop, history, asking.get(), options.timeouts().connect());
            return WorkedTurn.start(id, options, workshop.engine(), work, free);
        });
    }

    /** Interrupts the turn in progress, if there is one. */
    public void interrupt() {
        slot.interrupt();
    }

    /** Interrupts the turn in progress, waits for its end, and lets no other begin. */
    public void close() {
        slot.close();
    }
}
