package dev.opencode4j.core.work;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.spi.ReplyBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a turn says: one start, events that build a reply, exactly one end. Whoever comes after the end says nothing. Not
 * thread-safe; a delta costs an append.
 */
public final class TurnEvents {

    private final Supplier<String> sessionId;
    private final Consumer<AgentEvent> consumer;
    private final Runnable onEnd;
    private final int replyLimit;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private final RejectionRecorder rejections = new RejectionRecorder();
    private ReplyBuilder reply;
    private Instant attemptStart = Instant.now();
    private @Nullable TurnStarted started;
    private String messageId = "";
    private boolean over;

    /**
     * The events of one turn.
     *
     * @param sessionId the session's id, empty as long as it has none
     * @param consumer is told them; it must not throw
     * @param replyLimit how many characters the reply may hold
     * @param onEnd runs just before the last event can be seen: the next turn is legal then
     */
    public TurnEvents(Supplier<String> sessionId, Consumer<AgentEvent> consumer, int replyLimit, Runnable onEnd) {
        this.sessionId = sessionId;
        this.consumer = consumer;
        this.replyLimit = replyLimit;
        this.onEnd = onEnd;
        this.reply = new ReplyBuilder(replyLimit);
    }

    /** Tells the turn's first event, with the id of its prompt; told once. */
    public void started(String promptId) {
        if (over || started != null) return;
        messageId = promptId;
        started = new TurnStarted(sessionId.get(), promptId);
        consumer.accept(started);
    }

    /** The prompt was never run and has been sent anew under another id: the result names that one. */
    public void promptedAgain(String promptId) {
        messageId = promptId;
    }

    /**
     * Takes in what happened, and tells what it changed.
     *
     * @throws dev.opencode4j.core.error.ProtocolException if the reply would be too large; it is the turn's failure
     */
    public void tell(AgentEvent event) {
        if (over) return;
        started("");
        rejections.record(event);
        reply.apply(event, consumer);
    }

    /** Takes in what was asked and answered before anybody could hear of it: the result says what was rejected. */
    public void recordAnswered(AgentEvent event) {
        if (!over) rejections.record(event);
    }

    /** Counts what will be told later: see {@link ReplyBuilder#reserve}. */
    public void reserve(int characters) {
        if (!over) reply.reserve(characters);
    }

    /** Keeps the value that was asked for with a JSON schema. */
    public void structured(Json value) {
        if (!over) reply.structured(value);
    }

    /** The reply so far, of the attempt that runs. */
    public Reply reply() {
        return reply.snapshot();
    }

    /**
     * Closes an attempt that failed, for another one is about to begin: what it used is kept, its parts have been told
     * and do not belong to the reply of the next.
     */
    public void attemptFailed(AgentException error) {
        if (over) return;
        attempts.add(attempt(reply.snapshot(), error.reason()));
        reply = new ReplyBuilder(replyLimit);
        attemptStart = Instant.now();
    }

    /**
     * Ends the turn well.
     *
     * @param commit runs before the end can be seen, and only if nothing else has ended the turn
     * @return false if the turn had ended before
     */
    public boolean completed(Runnable commit) {
        return end(commit, () -> new TurnCompleted(result(null)));
    }

    /** Ends the turn with a copy of {@code error} that keeps what was received; false if it had ended before. */
    public boolean failed(AgentException error) {
        return end(() -> {}, () -> new TurnFailed(error, result(error.reason())));
    }

    /** Ends the turn because somebody interrupted it; false if it had ended before. */
    public boolean interrupted() {
        return end(() -> {}, () -> new TurnInterrupted(result("interrupted")));
    }

    private boolean end(Runnable first, Supplier<TurnEnded> last) {
        if (over) return false;
        started("");
        first.run();
        reply.end(consumer);
        over = true;
        onEnd.run();
        TurnEnded ended = last.get();
        // An interrupt rejects what is open: that is no policy's decision.
        if (!(ended instanceof TurnInterrupted)) rejections.log(sessionId.get(), messageId);
        consumer.accept(ended);
        return true;
    }

    private TurnResult result(@Nullable String error) {
        Reply now = reply.snapshot();
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt(now, error));
        return new TurnResult(sessionId.get(), messageId, now, all, rejections.rejections());
    }

    private Attempt attempt(Reply now, @Nullable String error) {
        Duration length = Duration.between(attemptStart, Instant.now());
        return new Attempt(attemptStart, length, now.usage(), now.cost(), error);
    }
}
