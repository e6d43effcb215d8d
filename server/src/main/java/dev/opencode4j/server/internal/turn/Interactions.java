package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.spi.PendingRequests;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The permissions and questions of a turn and of its sub-agents: tells its consumer, asks the policies, brings the
 * answers to the server. Runs in the turn's mailbox, but for {@link #isOpen}.
 */
final class Interactions {

    private final TurnContext turn;
    private final PendingRequests pending;
    private final Set<String> open = ConcurrentHashMap.newKeySet(2);
    private final Map<String, PermissionReply> replies = new HashMap<>(2);
    private final Map<String, QuestionReply> answers = new HashMap<>(2);
    private final Consumer<AgentEvent> out;

    Interactions(TurnContext turn, Consumer<AgentEvent> out) {
        this.turn = turn;
        this.out = out;
        this.pending = new PendingRequests(turn.ticker()::nanoTime);
    }

    /** Whether the request waits for an answer. Thread-safe. */
    boolean isOpen(String requestId) {
        return open.contains(requestId);
    }

    /** Whether the turn waits for its user. */
    boolean isWaiting() {
        return !pending.isEmpty();
    }

    /** Takes in an event if it is one of these; false if not. */
    boolean take(AgentEvent event) {
        if (event instanceof PermissionAsked asked) ask(asked.request());
        else if (event instanceof QuestionAsked asked) ask(asked.request());
        else if (event instanceof PermissionReplied replied) {
            out.accept(new PermissionReplied(replied.requestId(), replied.reply(), resolved(replied.requestId())));
        } else if (event instanceof QuestionAnswered answered) {
            out.accept(new QuestionAnswered(answered.requestId(), answered.reply(), resolved(answered.requestId())));
        } else if (event instanceof QuestionRejected rejected) {
            out.accept(new QuestionRejected(rejected.requestId(), resolved(rejected.requestId())));
        } else {
            return false;
        }
        return true;
    }

    private void ask(PermissionRequest request) {
        if (replies.containsKey(request.id()) || !pending.asked(request)) return;
        open.add(request.id());
        out.accept(new PermissionAsked(request));
        decide(
                () -> turn.options().permissions().answer(request),
                reply -> reply(request.id(), reply),
                PermissionReply.REJECT);
    }

    private void ask(QuestionRequest request) {
        if (answers.containsKey(request.id()) || !pending.asked(request)) return;
        open.add(request.id());
        out.accept(new QuestionAsked(request));
        decide(
                () -> turn.options().questions().answer(request),
                reply -> answer(request.id(), reply),
                QuestionReply.REJECT);
    }

    /** Asks a policy; one that throws or fails rejects, and is reported. */
    private <T> void decide(Supplier<CompletionStage<T>> policy, Consumer<T> answer, T rejection) {
        try {
            policy.get()
                    .whenComplete((reply, failure) -> turn.mailbox().post(() -> {
                        if (failure != null) reportPolicy(failure);
                        answer.accept(failure == null ? reply : rejection);
                    }));
        } catch (RuntimeException e) {
            reportPolicy(e);
            answer.accept(rejection);
        }
    }

    private void reportPolicy(Throwable failure) {
        out.accept(new ErrorReported(Failures.of(failure)));
    }

    /** Answers a permission request, unless it was answered before. */
    void reply(String requestId, PermissionReply reply) {
        if (!open.remove(requestId)) return;
        replies.put(requestId, reply);
        send(() -> turn.upstream().reply(requestId, reply), requestId);
    }

    /** Answers or rejects a question, unless it was answered before. */
    void answer(String requestId, QuestionReply reply) {
        if (!open.remove(requestId)) return;
        answers.put(requestId, reply);
        send(() -> turn.upstream().answer(requestId, reply), requestId);
    }

    /** A lost answer is sent again when the server, asked after the gap, still waits for it. */
    private void send(Supplier<? extends CompletionStage<Void>> request, String requestId) {
        request.get()
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    if (failure == null) return;
                    AgentException error = Failures.of(failure);
                    if (error instanceof SessionNotFoundException) resolved(requestId); // Somebody was faster.
                    else out.accept(new ErrorReported(error));
                }));
    }

    private Duration resolved(String requestId) {
        open.remove(requestId);
        return pending.resolved(requestId);
    }

    /** Takes in what the server waits for, as it tells when asked; {@code sessions} are the turn's. */
    void reconcile(List<PermissionRequest> permissions, List<QuestionRequest> questions, Set<String> sessions) {
        Set<String> listed = new HashSet<>();
        for (PermissionRequest request : permissions) {
            if (!sessions.contains(request.sessionId())) continue;
            listed.add(request.id());
            PermissionReply given = replies.get(request.id());
            if (given == null) ask(request);
            else send(() -> turn.upstream().reply(request.id(), given), request.id());
        }
        for (QuestionRequest request : questions) {
            if (!sessions.contains(request.sessionId())) continue;
            listed.add(request.id());
            QuestionReply given = answers.get(request.id());
            if (given == null) ask(request);
            else send(() -> turn.upstream().answer(request.id(), given), request.id());
        }
        pending.retainOnly(listed).forEach(this::vanished);
    }

    private void vanished(PendingRequests.Vanished request) {
        String id = request.requestId();
        open.remove(id);
        PermissionReply reply = replies.get(id);
        QuestionReply answer = answers.get(id);
        if (reply != null) out.accept(new PermissionReplied(id, reply, request.waited()));
        else if (answer != null && !answer.isRejection()) {
            out.accept(new QuestionAnswered(id, answer, request.waited()));
        } else if (request.question().isPresent()) {
            out.accept(new QuestionRejected(id, request.waited()));
        }
    }

    /** Rejects what is open: the server keeps a question of an aborted session for good. */
    void rejectAll() {
        pending.permissions().forEach(request -> reply(request.id(), PermissionReply.REJECT));
        pending.questions().forEach(request -> answer(request.id(), QuestionReply.REJECT));
    }
}
