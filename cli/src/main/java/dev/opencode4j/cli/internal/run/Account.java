package dev.opencode4j.cli.internal.run;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.server.internal.turn.Answers;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run: told to the turn as it comes, and asked at the end how the run went. Only what answers this
 * run's prompt counts; a session may hold earlier turns. Belongs to one thread.
 */
final class Account {

    private final TurnWriter writer;
    private final TurnLimits limits;
    private final Consumer<String> onSession;
    private final Map<String, List<AgentEvent>> parked = new HashMap<>();
    private final Set<String> ownMessages = new HashSet<>();
    private @Nullable String session;
    private @Nullable Answers answers;
    private @Nullable AgentException sessionError;
    private @Nullable String otherAgent;
    private @Nullable String lastReason;
    private boolean tapped;
    private boolean idle;

    /**
     * The account of a run.
     *
     * @param session the session that it goes on with, or null for a new one
     * @param onSession told the session's id as soon as it is known
     */
    Account(TurnWriter writer, TurnLimits limits, @Nullable String session, Consumer<String> onSession) {
        this.writer = writer;
        this.limits = limits;
        this.session = session;
        this.onSession = onSession;
    }

    /** Takes in a line of the run's output. */
    void line(byte[] bytes) {
        RunLine line = RunLine.read(bytes);
        switch (line.kind()) {
            case NOISE -> {
                return;
            }
            case TAP_BEGINS -> tapped = true;
            case REFUSED -> otherAgent = line.text();
            case EVENT, OWN -> {}
        }
        Signal signal = line.signal();
        if (signal != null) signal(signal);
        // Without the tap there is no heartbeat, and a silence says nothing.
        if (tapped) limits.heard();
        else limits.quiet();
    }

    private void signal(Signal signal) {
        if (signal instanceof Signal.SessionBorn born && !born.parentId().isEmpty()) return;
        identify(signal.sessionId());
        if (!signal.sessionId().equals(session)) return;
        if (signal instanceof Signal.Told told) told(told);
        else if (signal instanceof Signal.MessageChanged changed) message(changed.info());
        else if (signal instanceof Signal.Continuation next && answers != null) answers.continuedWith(next.messageId());
        else if (signal instanceof Signal.StatusChanged changed) status(changed.status());
        else if (signal instanceof Signal.SessionFailed failed) failed(failed.error());
    }

    private void identify(String id) {
        if (session != null || id.isEmpty()) return;
        session = id;
        onSession.accept(id);
    }

    private void status(SessionStatus status) {
        idle = status.isIdle();
        if (status.isRetrying()) {
            String words = Objects.requireNonNullElse(status.message(), "");
            writer.tell(
                    new Retrying(status.attempt(), words, Objects.requireNonNullElseGet(status.next(), Instant::now)));
        }
    }

    /** The first one counts: those that follow it say that something went wrong, and not what. */
    private void failed(AgentException error) {
        if (sessionError == null) {
            sessionError = error;
            writer.tell(new ErrorReported(error));
        }
    }

    private void told(Signal.Told told) {
        String message = told.messageId();
        if (isInteraction(told.event())) {
            writer.recordAnswered(told.event());
            return;
        }
        if (told.event() instanceof StepFinished step) lastReason = step.reason();
        if (answers == null) {
            if (tapped) park(told);
            else tellUntapped(told);
        } else if (message.isEmpty() || answers.isOurs(message)) {
            writer.tell(told.event());
        } else if (!answers.isForeign(message)) {
            park(told);
        } else if (told.event() instanceof PartAdded added) {
            answers.said(message, added.part());
        } else if (told.event() instanceof PartFinished finished) {
            answers.said(message, finished.part());
        }
    }

    /** The run's own lines are of this prompt's answers alone. */
    private void tellUntapped(Signal.Told told) {
        ownMessages.add(told.messageId());
        writer.tell(told.event());
    }

    private void park(Signal.Told told) {
        parked.computeIfAbsent(told.messageId(), id -> new ArrayList<>(2)).add(told.event());
    }

    /** They are answered by the run itself, before anybody hears of them: the result alone says what was rejected. */
    private static boolean isInteraction(AgentEvent event) {
        return event instanceof PermissionAsked
                || event instanceof PermissionReplied
                || event instanceof QuestionAsked
                || event instanceof QuestionRejected;
    }

    private void message(MessageInfo info) {
        if (answers == null && info.isUser()) promptIs(info.id());
        if (answers == null) return;
        List<AgentEvent> waiting = parked.remove(info.id());
        if (answers.changed(info) && waiting != null) waiting.forEach(writer::tell);
    }

    private void promptIs(String messageId) {
        answers = new Answers(messageId);
        writer.started(messageId);
    }

    /** Takes in what the session holds. The prompt is found by its answers, or as the last that was asked. */
    void stored(List<Message> messages, Instant since) {
        if (answers == null) {
            String prompt = promptAmong(messages, since);
            if (prompt == null) return;
            promptIs(prompt);
        }
        messages.forEach(this::stored);
    }

    private @Nullable String promptAmong(List<Message> messages, Instant since) {
        String last = null;
        for (Message message : messages) {
            MessageInfo info = message.info();
            if (ownMessages.contains(info.id()) && info.parentId() != null) return info.parentId();
            boolean isNew = info.created() == null || !info.created().isBefore(since);
            if (info.isUser() && isNew && last == null) last = info.id();
        }
        return last;
    }

    private void stored(Message message) {
        if (answers == null) return;
        if (!answers.stored(message)) return;
        for (Part part : message.parts()) {
            Part unplaced = part.at(Part.UNPLACED);
            writer.tell(unplaced instanceof ToolPart tool ? new ToolProgressed(tool) : new PartFinished(unplaced));
        }
        message.steps().forEach(writer::tell);
    }

    /** The session; null if it has not shown. */
    @Nullable
    String session() {
        return session;
    }

    /** The agent that would have been used in the place of the one that was asked for; null if it was that one. */
    @Nullable
    String otherAgent() {
        return otherAgent;
    }

    /** Whether the stream alone has told how the run ended: nothing is left to be asked for. */
    boolean isSettled() {
        if (!tapped || !idle) return false;
        if (answers == null || answers.isEmpty()) return sessionError != null;
        return answers.areWhole();
    }

    /** Whether there is an answer and none is still being written: a rejected permission ends a run so, in 1.2. */
    boolean isWhole() {
        return answers != null && answers.areWhole();
    }

    /** Whether the model has said its last word, as far as anybody told. */
    boolean isFinal() {
        if (answers != null && !answers.isEmpty()) return answers.areFinal();
        return lastReason != null && !lastReason.equals("tool-calls") && sessionError == null;
    }

    /** Why the run failed; null if its last answer is whole: whatever went wrong before, it got over it. */
    @Nullable
    AgentException error() {
        MessageInfo last = answers == null ? null : answers.last();
        if (answers == null || last == null) return sessionError;
        if (last.error() != null) return last.error();
        return answers.areFinal() ? null : sessionError;
    }
}
