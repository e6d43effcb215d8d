package dev.opencode4j.server.model;

import dev.opencode4j.core.part.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a file on the server's machine holds. A file that does not exist reads as an empty text.
 *
 * @param type {@code text} or {@code binary}
 * @param content the text, or the bytes in {@code encoding}
 * @param encoding {@code base64}, or null for plain text
 * @param mime the media type, or null when not told
 * @param raw everything as it was received: diff and patch too
 */
public record FileContent(
        String type,
        String content,
        @Nullable String encoding,
        @Nullable String mime,
        Json raw) {

    /** The bytes. */
    public byte[] bytes() {
        return "base64".equals(encoding)
                ? Base64.getMimeDecoder().decode(content)
                : content.getBytes(StandardCharsets.UTF_8);
    }

    /** Leaves the content out. */
    @Override
    public String toString() {
        return "FileContent[" + type + ", " + content.length() + " characters]";
    }
}
