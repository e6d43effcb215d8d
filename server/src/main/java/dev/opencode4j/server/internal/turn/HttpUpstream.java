package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.stream.Subscription;
import dev.opencode4j.server.internal.v1.MessageIds;
import dev.opencode4j.server.internal.v1.MessageReader;
import dev.opencode4j.server.internal.v1.MessageRoutes;
import dev.opencode4j.server.internal.v1.RequestRoutes;
import dev.opencode4j.server.internal.v1.ServerCodec;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.internal.v1.SessionCodec;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.model.AgentInfo;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.PromptOptions;
import dev.opencode4j.server.model.Session;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session of a server, by requests. */
public final class HttpUpstream implements Upstream {

    private static final int READS = 4;

    /** After this an abort, or a look at messages, is taken for lost and repeated; a look with more time. */
    private static final Duration ORDER_LIMIT = Duration.ofSeconds(10);

    private static final Duration LONGEST_LOOK = Duration.ofMinutes(2);
    private static final Duration BETWEEN_READS = Duration.ofMillis(250);

    private final ServerLink server;
    private final String sessionId;
    private volatile @Nullable Place place;
    private volatile Duration lookLimit = ORDER_LIMIT;

    /**
     * Where the session is.
     *
     * @param created when it was created, by the server's clock, if that is known
     */
    private record Place(DirectoryLink link, @Nullable Instant created) {}

    private HttpUpstream(ServerLink server, String sessionId, @Nullable Place place) {
        this.server = server;
        this.sessionId = sessionId;
        this.place = place;
    }

    /** A session that has been read. */
    public static HttpUpstream of(ServerLink server, Session session) {
        return new HttpUpstream(server, session.id(), place(server, session));
    }

    /** A session that is to be found by its id. */
    public static HttpUpstream find(ServerLink server, String sessionId) {
        return new HttpUpstream(server, sessionId, null);
    }

    private static Place place(ServerLink server, Session session) {
        return new Place(server.in(session.directory()), session.created());
    }

    private Place place() {
        return Objects.requireNonNull(place, "the session has not been located");
    }

    private DirectoryLink link() {
        return place().link();
    }

    @Override
    public CompletableFuture<Void> locate() {
        if (place != null) return CompletableFuture.completedFuture(null);
        return patiently(() -> readSession(server.in(""))).thenAccept(session -> place = place(server, session));
    }

    @Override
    public Subscription subscribe(Subscriber subscriber) {
        return link().subscribe(sessionId, subscriber);
    }

    @Override
    public SessionLanes lanes() {
        return server.lanes();
    }

    @Override
    public CompletableFuture<NextMessage> nextMessage() {
        return patiently(this::readNextMessage);
    }

    /** Nothing has been sent yet, and reading harms nobody: a broken connection is no reason to give the turn up. */
    private <T> CompletableFuture<T> patiently(Supplier<CompletableFuture<T>> read) {
        return patiently(read, READS);
    }

    private <T> CompletableFuture<T> patiently(Supplier<CompletableFuture<T>> read, int reads) {
        return read.get().exceptionallyCompose(failure -> {
            boolean again =
                    reads > 1 && Failures.of(failure) instanceof ConnectionException broken && broken.isRetryable();
            return again ? later(() -> patiently(read, reads - 1)) : CompletableFuture.failedFuture(failure);
        });
    }

    private <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> read) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        server.ticker().schedule(BETWEEN_READS, () -> pause.complete(null));
        return pause.thenCompose(done -> read.get());
    }

    private CompletableFuture<NextMessage> readNextMessage() {
        return link().whenFree(MessageRoutes.page(sessionId, 1, null), MessageRoutes::readPage)
                .thenApply(page -> page.newestFirst().findFirst())
                .thenCompose(newest -> newest.map(this::after).orElseGet(this::first))
                .exceptionallyCompose(failure -> {
                    boolean isUnreadable = Failures.of(failure) instanceof UnsupportedFeatureException;
                    return isUnreadable ? afterLastChange() : CompletableFuture.failedFuture(failure);
                });
    }

    /** Only what is not a turn's last answer may be followed by more: then the session is asked whether it is at work. */
    private CompletableFuture<NextMessage> after(Message newest) {
        MessageInfo info = newest.info();
        String id = MessageIds.successor(newest.id());
        boolean isTurnsEnd = info.isAssistant() && !info.isInProgress() && !info.wantsMore();
        if (isTurnsEnd) return CompletableFuture.completedFuture(new NextMessage(id, false));
        return status().thenApply(status -> new NextMessage(id, !status.isIdle()));
    }

    private CompletableFuture<NextMessage> first() {
        Instant created = place().created();
        if (created == null) return afterLastChange();
        return CompletableFuture.completedFuture(new NextMessage(MessageIds.firstAfter(created), false));
    }

    /** For a session whose creation is not known, and for one whose last message can't be read. */
    private CompletableFuture<NextMessage> afterLastChange() {
        return readSession(link())
                .thenCombine(
                        status(),
                        (session, status) ->
                                new NextMessage(MessageIds.firstAfter(lastChange(session)), !status.isIdle()));
    }

    private CompletableFuture<Session> readSession(DirectoryLink link) {
        return link.whenFree(SessionRoutes.get(sessionId), answer -> answer.read(SessionCodec::one));
    }

    private static Instant lastChange(Session session) {
        Instant changed = session.updated() == null ? session.created() : session.updated();
        return changed == null ? Instant.now() : changed;
    }

    /** The prompt of the session's last turn; empty if there is none. Blocks. The session must have been located. */
    public Optional<String> lastPrompt() {
        return new LastPrompt(link(), sessionId).find();
    }

    @Override
    public CompletableFuture<Void> submit(String messageId, Prompt prompt, BooleanSupplier isWanted) {
        Prompt identified = prompt.toBuilder().messageId(messageId).build();
        return link().whenFree(
                        MessageRoutes.submit(sessionId, identified, PromptOptions.NONE), answer -> null, isWanted);
    }

    @Override
    public CompletableFuture<Void> remove(String messageId) {
        return link().order(MessageRoutes.delete(sessionId, messageId));
    }

    @Override
    public CompletableFuture<Boolean> isStored(String messageId) {
        return link().order(MessageRoutes.get(sessionId, messageId))
                .thenApply(found -> true)
                .exceptionally(failure -> {
                    AgentException error = Failures.of(failure);
                    if (error instanceof SessionNotFoundException) return false;
                    if (error instanceof UnsupportedFeatureException) return true; // Trap 8: there, but unreadable.
                    throw error;
                });
    }

    @Override
    public CompletableFuture<SessionStatus> status() {
        return link().statuses().thenApply(this::own);
    }

    private SessionStatus own(Map<String, SessionStatus> all) {
        return all.getOrDefault(sessionId, SessionStatus.IDLE);
    }

    /** The status is asked before and after: only what is idle at both ends has not moved in between. */
    @Override
    public CompletableFuture<Snapshot> look(String messageId) {
        DirectoryLink link = link();
        CompletableFuture<Map<String, SessionStatus>> statuses = link.statuses();
        CompletableFuture<SessionStatus> before = statuses.thenApply(this::own);
        CompletableFuture<History> history = before.thenCompose(
                status -> new HistoryWalk(link, sessionId, messageId, () -> isStored(messageId)).within(lookLimit));
        history.whenComplete((found, failure) -> {
            if (failure != null && Failures.of(failure) instanceof RequestTimeout) allowMoreTime();
        });
        CompletableFuture<SessionStatus> after = history.thenCompose(messages -> status());
        CompletableFuture<List<PermissionRequest>> permissions = before.thenCompose(status -> link.permissions());
        CompletableFuture<List<QuestionRequest>> questions = before.thenCompose(status -> link.questions());
        CompletableFuture<List<TaskCall>> taskCalls = statuses.thenCombine(
                        history,
                        (all, messages) -> new TaskCallFinder(link, all.keySet()).in(sessionId, messages.afterPrompt()))
                .thenCompose(found -> found);
        return CompletableFuture.allOf(after, permissions, questions, taskCalls)
                .thenApply(done -> new Snapshot(
                        before.join().isIdle() ? after.join() : before.join(),
                        history.join().promptStored(),
                        history.join().afterPrompt(),
                        permissions.join(),
                        questions.join(),
                        taskCalls.join()));
    }

    /** The messages may be large, and the way long. */
    private void allowMoreTime() {
        Duration more = lookLimit.multipliedBy(2);
        if (more.compareTo(LONGEST_LOOK) <= 0) lookLimit = more;
    }

    @Override
    public CompletableFuture<Void> requireAgent(String name) {
        return link().read(ServerRoutes.agents(), ServerCodec::agents).thenAccept(agents -> {
            if (agents.stream().anyMatch(agent -> agent.name().equals(name))) return;
            String known = agents.stream().map(AgentInfo::name).sorted().collect(Collectors.joining(", "));
            throw new BadRequestException("Agent not found: \"" + name + "\". Available agents: " + known, null, null);
        });
    }

    @Override
    public CompletableFuture<Optional<ToolPart>> toolCall(String ofSession, String messageId, String callId) {
        try {
            return link().read(MessageRoutes.get(ofSession, messageId), body -> toolCall(body, callId));
        } catch (IllegalArgumentException unusableId) {
            return CompletableFuture.failedFuture(unusableId);
        }
    }

    private static Optional<ToolPart> toolCall(byte[] body, String callId) {
        Message message = MessageReader.one(body);
        if (message == null) return Optional.empty();
        return message.asReply().tools().stream()
                .filter(tool -> tool.callId().equals(callId))
                .findFirst();
    }

    @Override
    public CompletableFuture<Void> reply(String requestId, PermissionReply reply) {
        return link().order(RequestRoutes.reply(requestId, reply));
    }

    @Override
    public CompletableFuture<Void> answer(String requestId, QuestionReply reply) {
        return link().order(RequestRoutes.reply(requestId, reply));
    }

    @Override
    public CompletableFuture<Void> abort() {
        return link().order(SessionRoutes.abort(sessionId).within(ORDER_LIMIT));
    }
}
