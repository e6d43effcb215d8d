package dev.opencode4j.server.internal.stream;

/**
 * What an event stream is about.
 *
 * @param isWholeServer whether it carries the events of all directories
 * @param directory the one whose events it carries otherwise; the client's own if the name is empty
 */
public record StreamScope(boolean isWholeServer, String directory) {

    /** All directories of the server. */
    public static final StreamScope SERVER = new StreamScope(true, "");

    /** One directory; the client's own if the name is empty. */
    public static StreamScope of(String directory) {
        return new StreamScope(false, directory);
    }
}
