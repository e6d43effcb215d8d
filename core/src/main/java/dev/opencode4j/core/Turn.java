package dev.opencode4j.core;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.reply.TurnResult;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * One prompt at work. It runs by itself; iterating, waiting and subscribing are views of it. Thread-safe.
 *
 * <p>The events go to one consumer, either an {@link #iterator() iterator} or a {@link #publisher() subscriber}, which
 * gets all of them from the first. They wait in a bounded buffer: a consumer that falls too far behind is cut off with
 * a {@link dev.opencode4j.core.error.SlowConsumerException}, and neither this turn nor another is held up by it.
 */
public interface Turn extends Iterable<AgentEvent>, AutoCloseable {

    /** The session. */
    String sessionId();

    /**
     * The events, each as soon as it is there; {@code hasNext} blocks, and is false after the last event. A failed turn
     * ends with a {@code TurnFailed}, not with an exception. {@code hasNext} and {@code next} throw
     * {@link dev.opencode4j.core.error.SlowConsumerException} to a reader that was cut off, and
     * {@link dev.opencode4j.core.error.InterruptedTurnException} when the reading thread is interrupted; the turn goes on.
     *
     * @throws IllegalStateException if the events have a consumer already
     */
    @Override
    Iterator<AgentEvent> iterator();

    /**
     * Waits for the end. Costs nothing if nobody reads the events.
     *
     * @throws dev.opencode4j.core.error.AgentException if the turn failed or was interrupted; its {@code partial()}
     *     has what was received. An {@link dev.opencode4j.core.error.InterruptedTurnException} without one says that the
     *     waiting thread was interrupted; the turn goes on
     */
    TurnResult result();

    /**
     * The end as a stage; it fails with what {@link #result()} throws. A new stage each time; what depends on it runs on
     * one of the agent's threads for consumers, and may block.
     */
    CompletionStage<TurnResult> completion();

    /**
     * The events as a publisher for one subscriber, which is called on one of the agent's threads for consumers. It may
     * block: that holds up no turn, and other consumers for a moment. Failed turns complete it after their
     * {@code TurnFailed}; one that was cut off, or came second, is told by {@code onError}; one that throws gets no more
     * events.
     */
    Flow.Publisher<AgentEvent> publisher();

    /**
     * Answers a permission request of this turn. Returns at once.
     *
     * @throws IllegalArgumentException if no such request is pending
     */
    void reply(String requestId, PermissionReply reply);

    /**
     * Answers or rejects a question of this turn. Returns at once.
     *
     * @throws IllegalArgumentException if no such question is pending
     */
    void answer(String requestId, QuestionReply reply);

    /** Interrupts the turn and aborts it upstream; it ends within a second. Returns at once; harmless when over. */
    void interrupt();

    /** Interrupts the turn if it is not over, and waits until it is. */
    @Override
    void close();
}
