package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rejects what an aborted turn left behind: what a tool asks in the moment of the abort comes after the turn's end and
 * is pending for good (1.15.13). Nobody is told; if the server does not answer, it is left at that.
 */
final class Leftovers {

    private static final List<Duration> LOOKS =
            List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final DirectoryLink link;
    private final String sessionId;

    Leftovers(DirectoryLink link, String sessionId) {
        this.link = link;
        this.sessionId = sessionId;
    }

    /** Looks several times in the next seconds: a slow tool asks late. */
    void clear() {
        LOOKS.forEach(delay -> link.ticker().schedule(delay, this::look));
    }

    private void look() {
        CompletableFuture<List<Asked>> permissions = asked(
                link.permissions(),
                request -> new Asked(
                        request.sessionId(), () -> RequestRoutes.reply(request.id(), PermissionReply.REJECT)));
        CompletableFuture<List<Asked>> questions = asked(
                link.questions(),
                request ->
                        new Asked(request.sessionId(), () -> RequestRoutes.reply(request.id(), QuestionReply.REJECT)));
        permissions
                .thenCombine(
                        questions,
                        (some, others) ->
                                Stream.concat(some.stream(), others.stream()).toList())
                .thenAccept(this::rejectIfIdle);
    }

    /** Something that is asked, and what rejects it. */
    private record Asked(String sessionId, Supplier<Request> rejection) {}

    /** Of the two kinds, one that can't be read does not hinder the other. */
    private static <T> CompletableFuture<List<Asked>> asked(
            CompletableFuture<List<T>> requests, Function<T, Asked> reader) {
        return requests.thenApply(all -> all.stream().map(reader).toList()).exceptionally(failure -> List.of());
    }

    /** Of an idle session, asked after its requests, none of them can be a running turn's. */
    private void rejectIfIdle(List<Asked> asked) {
        if (asked.isEmpty()) return;
        link.statuses().thenAccept(statuses -> {
            if (statuses.getOrDefault(sessionId, SessionStatus.IDLE).isIdle()) {
                new SubAgents(link, statuses.keySet())
                        .of(sessionId)
                        .thenAccept(children -> asked.stream()
                                .filter(one -> one.sessionId().equals(sessionId) || children.contains(one.sessionId()))
                                .forEach(own -> link.order(own.rejection().get())));
            }
        });
    }
}
