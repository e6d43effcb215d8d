package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.stream.TestWire;
import dev.opencode4j.server.model.SessionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A server that answers as a test says. */
final class FakeUpstream implements Upstream {

    final TestWire wire = new TestWire();
    final List<String> calls = new ArrayList<>();
    final Ticker ticker;
    final String sessionId;
    final SessionLanes lanes = new SessionLanes();
    Supplier<CompletableFuture<String>> nextId = () -> CompletableFuture.completedFuture("msg_1");
    boolean isBehindOthers;
    Supplier<CompletableFuture<Void>> removed = () -> CompletableFuture.completedFuture(null);
    Supplier<CompletableFuture<Void>> submit = () -> CompletableFuture.completedFuture(null);
    Supplier<CompletableFuture<Boolean>> stored = () -> CompletableFuture.completedFuture(false);
    Supplier<CompletableFuture<Snapshot>> look = CompletableFuture::new;
    SessionStatus status = SessionStatus.BUSY;
    Supplier<CompletableFuture<SessionStatus>> statusAnswer = () -> CompletableFuture.completedFuture(status);
    Supplier<CompletableFuture<Void>> replied = () -> CompletableFuture.completedFuture(null);
    Supplier<CompletableFuture<Void>> agent = () -> CompletableFuture.completedFuture(null);
    Supplier<CompletableFuture<Void>> aborted = () -> CompletableFuture.completedFuture(null);
    Supplier<CompletableFuture<Optional<ToolPart>>> tool = () -> CompletableFuture.completedFuture(Optional.empty());
    Subscriber subscriber;
    long lastLife;
    int events;

    FakeUpstream(String sessionId, Ticker ticker) {
        this.sessionId = sessionId;
        this.ticker = ticker;
        this.lastLife = ticker.nanoTime();
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }

    @Override
    public CompletableFuture<Void> locate() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Subscription subscribe(Subscriber watcher) {
        subscriber = watcher;
        wire.watch(sessionId, watcher);
        return new Subscription() {
            @Override
            public void watch(String child) {
                wire.watch(child, watcher);
            }

            @Override
            public long lastLife() {
                return lastLife;
            }

            @Override
            public void close() {
                wire.unwatch(sessionId, watcher);
            }
        };
    }

    @Override
    public SessionLanes lanes() {
        return lanes;
    }

    @Override
    public CompletableFuture<NextMessage> nextMessage() {
        return nextId.get().thenApply(id -> new NextMessage(id, isBehindOthers));
    }

    @Override
    public CompletableFuture<Void> remove(String messageId) {
        calls.add("remove " + messageId);
        return removed.get();
    }

    @Override
    public CompletableFuture<Void> submit(String messageId, Prompt prompt, BooleanSupplier isWanted) {
        calls.add("submit");
        return submit.get();
    }

    @Override
    public CompletableFuture<Boolean> isStored(String messageId) {
        calls.add("isStored");
        return stored.get();
    }

    @Override
    public CompletableFuture<Void> requireAgent(String name) {
        calls.add("requireAgent");
        return agent.get();
    }

    @Override
    public CompletableFuture<SessionStatus> status() {
        calls.add("status");
        return statusAnswer.get();
    }

    @Override
    public CompletableFuture<Snapshot> look(String messageId) {
        calls.add("look");
        return look.get();
    }

    @Override
    public CompletableFuture<Optional<ToolPart>> toolCall(String ofSession, String messageId, String callId) {
        calls.add("toolCall " + ofSession + ' ' + messageId + ' ' + callId);
        return tool.get();
    }

    @Override
    public CompletableFuture<Void> reply(String requestId, PermissionReply reply) {
        calls.add("reply " + requestId + ' ' + reply.decision());
        return replied.get();
    }

    @Override
    public CompletableFuture<Void> answer(String requestId, QuestionReply reply) {
        calls.add("answer " + requestId + ' ' + reply.answers());
        return replied.get();
    }

    @Override
    public CompletableFuture<Void> abort() {
        calls.add("abort");
        return aborted.get();
    }
}
