package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.server.internal.v1.MessageRoutes;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessagePage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session's messages from the newest back to a prompt, a page at a time: a session may be long, and a turn's
 * part of it is its end.
 *
 * <p>Where a prompt with a schema can't be read, the walk ends: that is the prompt itself, or one before it.
 */
final class HistoryWalk {

    private final DirectoryLink link;
    private final String sessionId;
    private final String promptId;
    private final Supplier<CompletableFuture<Boolean>> isStored;
    private final Deque<Message> found = new ArrayDeque<>();
    private final PageSize pageSize = new PageSize();
    private Duration limit = Duration.ofMinutes(2);

    /** @param isStored asks whether the prompt is there */
    HistoryWalk(DirectoryLink link, String sessionId, String promptId, Supplier<CompletableFuture<Boolean>> isStored) {
        this.link = link;
        this.sessionId = sessionId;
        this.promptId = promptId;
        this.isStored = isStored;
    }

    /** Walks; each page may take that long. */
    CompletableFuture<History> within(Duration pageLimit) {
        limit = pageLimit;
        return page(null);
    }

    private CompletableFuture<History> page(MessagePage.@Nullable Cursor cursor) {
        return link.whenFree(
                        MessageRoutes.page(sessionId, pageSize.get(), cursor).within(limit), MessageRoutes::readPage)
                .handle((page, failure) -> failure == null ? take(page) : unreadable(Failures.of(failure), cursor))
                .thenCompose(next -> next);
    }

    private CompletableFuture<History> take(MessagePage page) {
        for (Message message : page.newestFirst().toList()) {
            if (message.id().equals(promptId)) return done(true);
            found.addFirst(message);
        }
        pageSize.grow();
        return page.older().map(this::page).orElseGet(() -> done(false));
    }

    private CompletableFuture<History> unreadable(AgentException error, MessagePage.@Nullable Cursor cursor) {
        if (!(error instanceof UnsupportedFeatureException)) return CompletableFuture.failedFuture(error);
        if (!pageSize.isSingle()) {
            pageSize.single();
            return page(cursor);
        }
        boolean answered = found.stream()
                .anyMatch(message -> promptId.equals(message.info().parentId()));
        if (answered) return done(true);
        return isStored.get().thenCompose(this::done);
    }

    private CompletableFuture<History> done(boolean promptStored) {
        return CompletableFuture.completedFuture(new History(promptStored, List.copyOf(found)));
    }
}
