package dev.opencode4j.core.prompt;

import dev.opencode4j.core.argument.Arguments;
import java.net.URI;
import java.net.URISyntaxException;
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
        Arguments.text(filename, "filename");
        Arguments.text(mime, "mime");
        Objects.requireNonNull(url, "url");
    }

    /**
     * A file whose bytes travel with the prompt.
     *
     * @throws IllegalArgumentException if {@code mime} has characters that a URL can't, such as spaces
     */
    public static Attachment of(String filename, String mime, byte[] content) {
        String base64 = Base64.getEncoder().encodeToString(content);
        try {
            return new Attachment(filename, mime, new URI("data:" + mime + ";base64," + base64));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("mime: must be a media type, was '" + mime + "'", e);
        }
    }

    /** Leaves the bytes out: they may be large, and private. */
    @Override
    public String toString() {
        return "Attachment[" + filename + ", " + mime + ']';
    }
}
