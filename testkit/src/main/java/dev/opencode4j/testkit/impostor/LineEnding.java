package dev.opencode4j.testkit.impostor;

/** The three line ends that the SSE format allows. */
public enum LineEnding {
    /** {@code \n}, what OpenCode sends. */
    LF("\n"),
    /** {@code \r}. */
    CR("\r"),
    /** {@code \r\n}. */
    CRLF("\r\n");

    private final String text;

    LineEnding(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
