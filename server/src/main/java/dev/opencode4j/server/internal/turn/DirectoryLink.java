package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.InteractionReader;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.internal.v1.StatusReader;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What all turns in a directory share: its event stream, and the questions that one answer serves for all.
 *
 * <p>A server tells what sessions do and what they ask for one directory at a time. Where a prompt runs, 1.15.13 and
 * 1.18.33 know from its session; 1.2.27 runs it in the directory that the request names.
 */
final class DirectoryLink {

    /**
     * How long a question that many share may take. A server that starts never answers a request that comes when its port
     * is open and it is not ready yet (1.15.13, 1.18.33), and everybody else's question waits behind that one.
     */
    private static final Duration POLL_LIMIT = Duration.ofSeconds(10);

    private final ServerLink server;
    private final String directory;
    private final SharedPoll<Map<String, SessionStatus>> statuses =
            new SharedPoll<>(() -> read(SessionRoutes.statuses().within(POLL_LIMIT), StatusReader::map));
    private final SharedPoll<List<PermissionRequest>> permissions =
            new SharedPoll<>(() -> read(RequestRoutes.permissions().within(POLL_LIMIT), InteractionReader::permissions)
                    .exceptionally(DirectoryLink::noneIfUnknown));
    private final SharedPoll<List<QuestionRequest>> questions =
            new SharedPoll<>(() -> read(RequestRoutes.questions().within(POLL_LIMIT), InteractionReader::questions)
                    .exceptionally(DirectoryLink::noneIfUnknown));

    /** A directory of the server; the client's own if the name is empty. */
    DirectoryLink(ServerLink server, String directory) {
        this.server = server;
        this.directory = directory;
    }

    /** Sends a request and reads its answer. */
    <T> CompletableFuture<T> read(Request request, Function<byte[], T> reader) {
        return server.transport().sendAsync(here(request), answer -> answer.read(reader));
    }

    /** Sends a request and waits for what is made of its answer. */
    <T> T await(Request request, Function<Answer, T> reader) {
        return server.transport().send(here(request), reader);
    }

    /** Sends a request when there is room. */
    <T> CompletableFuture<T> whenFree(Request request, Function<Answer, T> reader) {
        return whenFree(request, reader, () -> true);
    }

    /** Sends a request when there is room, if it is still wanted then; fails if it is not. */
    <T> CompletableFuture<T> whenFree(Request request, Function<Answer, T> reader, BooleanSupplier isWanted) {
        return server.gate()
                .pass(() -> isWanted.getAsBoolean()
                        ? server.transport().sendAsync(here(request), reader)
                        : CompletableFuture.failedFuture(
                                new InterruptedTurnException("the turn ended first", request.where(), null)));
    }

    /** Sends a request whose answer says nothing, past the line: it stops or answers something that waits. */
    CompletableFuture<Void> order(Request request) {
        return server.orders()
                .pass(() -> server.transport().sendAsync(here(request)))
                .thenApply(answer -> null);
    }

    private Request here(Request request) {
        return ServerRoutes.in(directory, request);
    }

    CompletableFuture<Map<String, SessionStatus>> statuses() {
        return statuses.ask();
    }

    CompletableFuture<List<PermissionRequest>> permissions() {
        return permissions.ask();
    }

    CompletableFuture<List<QuestionRequest>> questions() {
        return questions.ask();
    }

    /** A server without the route asks nothing. */
    private static <T> List<T> noneIfUnknown(Throwable failure) {
        AgentException error = Failures.of(failure);
        if (error instanceof ProtocolException) return List.of();
        throw error;
    }

    /** Watches the events of a session. */
    Subscription subscribe(String sessionId, Subscriber subscriber) {
        return server.hub().subscribe(directory, sessionId, subscriber);
    }

    Ticker ticker() {
        return server.ticker();
    }
}
