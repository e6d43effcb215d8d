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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The permissions and questions of a turn and of its sub-agents: tells its consumer, asks the policies, brings the
 * answers to the server. Runs in the turn's mailbox, but for {@link #claim} and the policies: these run on the
 * consumers' threads, for one that sleeps must not stall the thread that serves all turns.
 */
final class Interactions {

    private static final int MOST_SENDS = 3;

    /** What is asked for: an answer to the one is none to the other. */
    enum Kind {
        PERMISSION,
        QUESTION
    }

    /** Who is told beside the consumer. */
    interface Listener {

        /** The turn waits for its user, or does so no more. */
        void waitingChanged();

        /** An answer was not taken: it is sent again if the server, when asked, still waits for it. */
        void answerLost();
    }

    private final TurnContext turn;
    private final PendingRequests pending;
    private final PermissionDetailsLookup details;
    private final Map<String, PermissionRequest> incomplete = new HashMap<>(2);
    private final Map<String, Kind> open = new ConcurrentHashMap<>(2);
    private final Set<String> deciding = new HashSet<>(2);
    private final Map<String, PermissionReply> replies = new HashMap<>(2);
    private final Map<String, QuestionReply> answers = new HashMap<>(2);
    private final Set<String> asked = new HashSet<>(2);
    private final Set<String> resolved = new HashSet<>(2);
    private final Map<String, Integer> failures = new HashMap<>(2);
    private final Set<String> askedMeanwhile = new HashSet<>(2);
    private final Consumer<AgentEvent> out;
    private final Listener listener;
    private boolean rejecting;
    private boolean isRejected;

    Interactions(TurnContext turn, Consumer<AgentEvent> out, Listener listener) {
        this.turn = turn;
        this.listener = listener;
        this.out = out;
        this.details = new PermissionDetailsLookup(turn.upstream(), turn.ticker());
        this.pending = new PendingRequests(turn.ticker()::nanoTime);
    }

    /** Whether the turn waits for its user. A policy that has not returned yet is no user: its time is the turn's. */
    boolean isWaiting() {
        return !deciding.containsAll(open.keySet());
    }

    /** Whether something that a tool of the turn asked was rejected: that ends a turn. */
    boolean isRejected() {
        return isRejected;
    }

    private boolean isRejection(AgentEvent event) {
        if (event instanceof PermissionReplied e)
            return asked.contains(e.requestId()) && e.reply().decision().equals(PermissionReply.REJECT.decision());
        return event instanceof QuestionRejected e && asked.contains(e.requestId());
    }

    /** Takes in an event if it is one of these; false if not. */
    boolean take(AgentEvent event) {
        isRejected |= isRejection(event);
        if (event instanceof PermissionAsked asked) ask(asked.request());
        else if (event instanceof QuestionAsked asked) ask(asked.request());
        else if (event instanceof PermissionReplied e) {
            resolved(e.requestId(), waited -> new PermissionReplied(e.requestId(), e.reply(), waited));
        } else if (event instanceof QuestionAnswered e) {
            resolved(e.requestId(), waited -> new QuestionAnswered(e.requestId(), e.reply(), waited));
        } else if (event instanceof QuestionRejected e) {
            resolved(e.requestId(), waited -> new QuestionRejected(e.requestId(), waited));
        } else {
            return false;
        }
        return true;
    }

    /** Told once, and only of what this turn was asked: it may be heard on the stream and found by asking. */
    private void resolved(String requestId, Function<Duration, AgentEvent> event) {
        if (!asked.contains(requestId)) return;
        close(requestId);
        tellIncomplete(requestId);
        Duration waited = pending.resolved(requestId);
        if (resolved.add(requestId)) out.accept(event.apply(waited));
    }

    private void ask(PermissionRequest request) {
        if (isOldNews(request.id()) || !pending.asked(request)) return;
        open(request.id(), Kind.PERMISSION);
        incomplete.put(request.id(), request);
        CompletableFuture<PermissionRequest> completed =
                rejecting ? CompletableFuture.completedFuture(request) : details.complete(request);
        if (completed.isDone()) decideOn(completed.join());
        else completed.thenAccept(complete -> turn.mailbox().post(() -> decideOn(complete)));
    }

    /** Only what is known as completely as can be is told and decided. */
    private void decideOn(PermissionRequest request) {
        if (incomplete.remove(request.id()) == null) return; // It was answered elsewhere meanwhile.
        out.accept(new PermissionAsked(request));
        if (!open.containsKey(request.id())) return;
        decide(
                request.id(),
                () -> turn.options().permissions().answer(request),
                reply -> reply(request.id(), reply),
                PermissionReply.REJECT);
    }

    /** An answer is never told before what it answers. */
    private void tellIncomplete(String requestId) {
        PermissionRequest request = incomplete.remove(requestId);
        if (request != null) out.accept(new PermissionAsked(request));
    }

    private void ask(QuestionRequest request) {
        if (isOldNews(request.id()) || !pending.asked(request)) return;
        open(request.id(), Kind.QUESTION);
        out.accept(new QuestionAsked(request));
        decide(
                request.id(),
                () -> turn.options().questions().answer(request),
                reply -> answer(request.id(), reply),
                QuestionReply.REJECT);
    }

    /** The request waits; while nobody has been asked, that is the turn's time. */
    private void open(String requestId, Kind kind) {
        open.put(requestId, kind);
        deciding.add(requestId);
    }

    private void close(String requestId) {
        if (open.remove(requestId) != null) listener.waitingChanged();
    }

    private boolean isOldNews(String requestId) {
        askedMeanwhile.add(requestId);
        asked.add(requestId);
        return replies.containsKey(requestId) || answers.containsKey(requestId) || resolved.contains(requestId);
    }

    /** Asks a policy; one that throws, fails or answers nothing rejects, and is reported. */
    private <T> void decide(String requestId, Supplier<CompletionStage<T>> policy, Consumer<T> answer, T rejection) {
        if (rejecting) {
            answer.accept(rejection);
            return;
        }
        try {
            turn.executor().execute(() -> {
                CompletionStage<T> decision = decision(policy);
                turn.mailbox().post(() -> {
                    deciding.remove(requestId);
                    listener.waitingChanged();
                    decision.whenComplete((reply, failure) -> turn.mailbox().post(() -> {
                        if (failure != null) reportPolicy(failure);
                        answer.accept(failure == null ? reply : rejection);
                    }));
                });
            });
        } catch (RejectedExecutionException closed) {
            answer.accept(rejection);
        }
    }

    private static <T> CompletionStage<T> decision(Supplier<CompletionStage<T>> policy) {
        try {
            return policy.get().thenApply(reply -> Objects.requireNonNull(reply, "the policy answered null"));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void reportPolicy(Throwable failure) {
        out.accept(new ErrorReported(Failures.of(failure)));
    }

    /**
     * Makes the caller the one who answers; false if nothing of this kind waits under the id, or it has been claimed.
     * Thread-safe.
     */
    boolean claim(String requestId, Kind kind) {
        return open.remove(requestId, kind);
    }

    /** Whether something waits under the id. Thread-safe. */
    boolean isOpen(String requestId) {
        return open.containsKey(requestId);
    }

    private void reply(String requestId, PermissionReply reply) {
        if (claim(requestId, Kind.PERMISSION)) give(requestId, reply);
    }

    private void answer(String requestId, QuestionReply reply) {
        if (claim(requestId, Kind.QUESTION)) give(requestId, reply);
    }

    /** Answers a permission request that was claimed. */
    void give(String requestId, PermissionReply reply) {
        listener.waitingChanged();
        replies.put(requestId, reply);
        send(() -> turn.upstream().reply(requestId, reply), requestId);
    }

    /** Answers or rejects a question that was claimed. */
    void give(String requestId, QuestionReply reply) {
        listener.waitingChanged();
        answers.put(requestId, reply);
        send(() -> turn.upstream().answer(requestId, reply), requestId);
    }

    private void send(Supplier<? extends CompletionStage<Void>> request, String requestId) {
        request.get()
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    if (failure == null) return;
                    AgentException error = Failures.of(failure);
                    if (error instanceof SessionNotFoundException) pending.resolved(requestId); // Somebody was faster.
                    else failed(requestId, error);
                }));
    }

    private void failed(String requestId, AgentException error) {
        out.accept(new ErrorReported(error));
        if (failures.merge(requestId, 1, Integer::sum) < MOST_SENDS) listener.answerLost();
    }

    /** The server is about to be asked: what is asked from here on may be missing in its answer. */
    void lookBegins() {
        askedMeanwhile.clear();
    }

    /** Takes in what the server waits for, as it tells when asked: the turn's own requests of all. */
    void reconcile(List<PermissionRequest> permissions, List<QuestionRequest> questions) {
        Set<String> listed = new HashSet<>(askedMeanwhile);
        for (PermissionRequest request : permissions) {
            listed.add(request.id());
            PermissionReply given = replies.get(request.id());
            if (given == null) ask(request);
            else send(() -> turn.upstream().reply(request.id(), given), request.id());
        }
        for (QuestionRequest request : questions) {
            listed.add(request.id());
            QuestionReply given = answers.get(request.id());
            if (given == null) ask(request);
            else send(() -> turn.upstream().answer(request.id(), given), request.id());
        }
        pending.retainOnly(listed).forEach(this::vanished);
    }

    private void vanished(PendingRequests.Vanished request) {
        String id = request.requestId();
        close(id);
        tellIncomplete(id);
        resolved.add(id);
        PermissionReply reply = replies.get(id);
        QuestionReply answer = answers.get(id);
        if (reply != null) out.accept(new PermissionReplied(id, reply, request.waited()));
        else if (answer != null && !answer.isRejection()) {
            out.accept(new QuestionAnswered(id, answer, request.waited()));
        } else if (request.question().isPresent()) {
            out.accept(new QuestionRejected(id, request.waited()));
        }
    }

    /** Rejects what is open and what is still to come: the server keeps a question of an aborted session for good. */
    void rejectAll() {
        rejecting = true;
        pending.permissions().forEach(request -> reply(request.id(), PermissionReply.REJECT));
        pending.questions().forEach(request -> answer(request.id(), QuestionReply.REJECT));
    }
}
