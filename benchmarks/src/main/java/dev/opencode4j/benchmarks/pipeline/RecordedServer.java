package dev.opencode4j.benchmarks.pipeline;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.stream.OpenWire;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.turn.NextMessage;
import dev.opencode4j.server.internal.turn.SessionLanes;
import dev.opencode4j.server.internal.turn.Snapshot;
import dev.opencode4j.server.internal.turn.Upstream;
import dev.opencode4j.server.model.SessionStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The server of a recorded turn: it took the prompt, and says everything else on the stream. */
final class RecordedServer implements Upstream {

    private final RecordedStream stream;
    private final OpenWire wire;
    private final SessionLanes lanes = new SessionLanes();

    RecordedServer(RecordedStream stream, OpenWire wire) {
        this.stream = stream;
        this.wire = wire;
    }

    @Override
    public CompletableFuture<Void> locate() {
        return done();
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        wire.watch(stream.sessionId(), subscriber);
        return new Subscription() {
            @Override
            public void watch(String child) {
                wire.watch(child, subscriber);
            }

            @Override
            public long lastLife() {
                return 0;
            }

            @Override
            public void close() {
                wire.unwatch(stream.sessionId(), subscriber);
            }
        };
    }

    @Override
    public SessionLanes lanes() {
        return lanes;
    }

    @Override
    public CompletableFuture<NextMessage> nextMessage() {
        return CompletableFuture.completedFuture(new NextMessage(stream.promptId(), false));
    }

    @Override
    public CompletableFuture<Void> submit(String messageId, Prompt prompt, BooleanSupplier isWanted) {
        return done();
    }

    @Override
    public CompletableFuture<Void> remove(String messageId) {
        return done();
    }

    @Override
    public CompletableFuture<Boolean> isStored(String messageId) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<SessionStatus> status() {
        return CompletableFuture.completedFuture(SessionStatus.BUSY);
    }

    @Override
    public CompletableFuture<Snapshot> look(String messageId) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> requireAgent(String name) {
        return done();
    }

    @Override
    public CompletableFuture<Optional<ToolPart>> toolCall(String ofSession, String messageId, String callId) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Void> reply(String requestId, PermissionReply reply) {
        return done();
    }

    @Override
    public CompletableFuture<Void> answer(String requestId, QuestionReply reply) {
        return done();
    }

    @Override
    public CompletableFuture<Void> abort() {
        return done();
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
