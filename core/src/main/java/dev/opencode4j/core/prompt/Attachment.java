package dev.opencode4j.core.prompt;

import java.net.URI;
import java.util.Base64;
import java.util.Objects;

/**
 * A file that goes with a prompt.
 *
 * @param filename the name that the agent sees
 * @param mime the media type, such as {@code image/png}
 * @param url the bytes as a {@code data:} URL, or a {@code file:} URL on the agent's machine
 */
public record Attachment(String filename, String mime, URI url) {

    /** Refuses blank names and types. */
    public Attachment {
        if (filename.isBlank()) throw new IllegalArgumentException("filename: must not be blank");
        if (mime.isBlank()) throw new IllegalArgumentException("mime: must not be blank");
        Objects.requireNonNull(url, "url");
    }

    /** A file whose bytes travel with the prompt. */
    public static Attachment of(String filename, String mime, byte[] content) {
        String base64 = Base64.getEncoder().encodeToString(content);
        return new Attachment(filename, mime, URI.create("data:" + mime + ";base64," + base64));
    }

    /** Leaves the bytes out: they may be large, and private. */
    @Override
    public String toString() {
        return "Attachment[" + filename + ", " + mime + ']';
    }
}
