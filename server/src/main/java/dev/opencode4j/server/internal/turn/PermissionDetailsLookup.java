package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.v1.PermissionDetails;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Completes permission requests that do not say what will run, before anybody decides about them: reads the input of the
 * tool call from its message, which is a sub-agent's own for a sub-agent's request. Thread-safe.
 */
final class PermissionDetailsLookup {

    /** How long a request may wait to be completed. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration BETWEEN_READS = Duration.ofMillis(200);

    private final Upstream upstream;
    private final Ticker ticker;

    PermissionDetailsLookup(Upstream upstream, Ticker ticker) {
        this.upstream = upstream;
        this.ticker = ticker;
    }

    /** The request, completed if that is needed and possible; at once if it is not needed. Never fails. */
    CompletableFuture<PermissionRequest> complete(PermissionRequest request) {
        String messageId = request.messageId();
        String callId = request.callId();
        if (messageId == null || callId == null || !PermissionDetails.areMissing(request)) {
            return CompletableFuture.completedFuture(request);
        }
        CompletableFuture<PermissionRequest> completed = new CompletableFuture<>();
        Ticker.Cancellable end = ticker.schedule(PATIENCE, () -> completed.complete(request));
        completed.thenRun(end::cancel);
        read(request, messageId, callId, completed);
        return completed;
    }

    /** A tool may ask before the input of its call is stored, and a request may get lost: reads until it is there. */
    private void read(
            PermissionRequest request,
            String messageId,
            String callId,
            CompletableFuture<PermissionRequest> completed) {
        if (completed.isDone()) return;
        upstream.toolCall(request.sessionId(), messageId, callId)
                .exceptionally(failure -> Optional.empty())
                .thenAccept(call -> call.map(ToolPart::input)
                        .filter(input -> !input.isEmpty())
                        .ifPresentOrElse(
                                input -> completed.complete(PermissionDetails.complete(request, input)),
                                () -> ticker.schedule(
                                        BETWEEN_READS, () -> read(request, messageId, callId, completed))));
    }
}
