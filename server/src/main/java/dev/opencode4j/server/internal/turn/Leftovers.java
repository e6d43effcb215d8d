package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import dev.opencode4j.server.internal.v1.SessionCodec;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.model.Session;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Rejects what an aborted turn left behind: what a tool asks in the moment of the abort comes after the turn's end and
 * is pending for good (1.15.13). Nobody is told; if the server does not answer, it is left at that.
 */
final class Leftovers {

    private static final List<Duration> LOOKS =
            List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final ServerLink link;
    private final String sessionId;

    Leftovers(ServerLink link, String sessionId) {
        this.link = link;
        this.sessionId = sessionId;
    }

    /** Looks several times in the next seconds: a slow tool asks late. */
    void clear() {
        LOOKS.forEach(delay -> link.ticker().schedule(delay, this::look));
    }

    private void look() {
        link.permissions().thenAccept(asked -> {
            if (!asked.isEmpty()) whenIdle(own -> rejectPermissions(asked, own));
        });
        link.questions().thenAccept(asked -> {
            if (!asked.isEmpty()) whenIdle(own -> rejectQuestions(asked, own));
        });
    }

    /** Of an idle session, asked after its requests, none of them can be a running turn's. */
    private void whenIdle(Consumer<Set<String>> reject) {
        link.statuses()
                .thenApply(all -> all.getOrDefault(sessionId, SessionStatus.IDLE))
                .thenCompose(status -> status.isIdle() ? family() : CompletableFuture.completedFuture(Set.of()))
                .thenAccept(reject);
    }

    private CompletableFuture<Set<String>> family() {
        return link.whenFree(SessionRoutes.children(sessionId), answer -> answer.read(SessionCodec::list))
                .thenApply(children -> {
                    Set<String> family = new HashSet<>(Set.of(sessionId));
                    children.stream().map(Session::id).forEach(family::add);
                    return family;
                });
    }

    private void rejectPermissions(List<PermissionRequest> asked, Set<String> own) {
        for (PermissionRequest request : asked) {
            if (own.contains(request.sessionId())) {
                link.order(RequestRoutes.reply(request.id(), PermissionReply.REJECT));
            }
        }
    }

    private void rejectQuestions(List<QuestionRequest> asked, Set<String> own) {
        for (QuestionRequest request : asked) {
            if (own.contains(request.sessionId())) {
                link.order(RequestRoutes.reply(request.id(), QuestionReply.REJECT));
            }
        }
    }
}
