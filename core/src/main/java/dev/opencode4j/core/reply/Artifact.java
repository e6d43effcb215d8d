package dev.opencode4j.core.reply;

import java.nio.charset.StandardCharsets;

/**
 * A file that an agent wrote, with its content as the agent told it.
 *
 * @param path the path on the agent's machine
 * @param content the whole text
 * @param contentType the media type that the name suggests
 */
public record Artifact(String path, String content, String contentType) {

    /** A file whose type is told by its name. */
    public static Artifact of(String path, String content) {
        return new Artifact(path, content, ContentTypes.of(path));
    }

    /** The last element of the path. */
    public String filename() {
        return path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
    }

    /** The content in UTF-8, as it lies on the disk; encoded anew at each call. */
    public byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** Leaves the content out: it may be large, and private. */
    @Override
    public String toString() {
        return "Artifact[" + path + ", " + contentType + ']';
    }
}
