package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.server.internal.v1.MessageRoutes;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessagePage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a session, from its end, for the prompt of its last turn.
 *
 * <p>A prompt with a schema can't be read on some versions (see {@link PageSize}), but an answer to it can, and names it.
 */
final class LastPrompt {

    private final DirectoryLink link;
    private final String sessionId;
    private final PageSize pageSize = new PageSize();
    private @Nullable String answered;

    LastPrompt(DirectoryLink link, String sessionId) {
        this.link = link;
        this.sessionId = sessionId;
    }

    /**
     * Its id; empty if the session has not been prompted. Blocks.
     *
     * @throws UnsupportedFeatureException if it can't be read, and has no answer yet
     */
    Optional<String> find() {
        MessagePage.Cursor cursor = null;
        while (true) {
            MessagePage page = read(cursor);
            if (page == null) return Optional.ofNullable(answered);
            Optional<String> prompt =
                    page.newestFirst().filter(this::isPrompt).map(Message::id).findFirst();
            if (prompt.isPresent() || page.older().isEmpty()) return prompt;
            cursor = page.older().get();
            pageSize.grow();
        }
    }

    private boolean isPrompt(Message message) {
        if (message.info().isAssistant()) answered = message.info().parentId();
        return message.info().isUser() && !message.continuation();
    }

    /** A page, or the one message that can be read of it; null where a prompt can't be read whose answer is known. */
    private @Nullable MessagePage read(MessagePage.@Nullable Cursor cursor) {
        try {
            return link.await(MessageRoutes.page(sessionId, pageSize.get(), cursor), MessageRoutes::readPage);
        } catch (UnsupportedFeatureException e) {
            if (pageSize.isSingle() && answered == null) throw e;
            if (pageSize.isSingle()) return null;
            pageSize.single();
            return read(cursor);
        }
    }
}
