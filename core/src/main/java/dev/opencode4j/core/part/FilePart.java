package dev.opencode4j.core.part;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A file in a message: an attachment of the user's or one that a model returned.
 *
 * @param id the part's id
 * @param messageId the message that holds it
 * @param index the position in the reply
 * @param mime the media type, such as {@code image/png}
 * @param filename the name, or null when it has none
 * @param url where the bytes are: a {@code data:}, {@code file:} or {@code http:} URL
 */
public record FilePart(
        String id,
        String messageId,
        int index,
        String mime,
        @Nullable String filename,
        URI url) implements Part {
    @Override
    public FilePart at(int position) {
        return new FilePart(id, messageId, position, mime, filename, url);
    }
}
