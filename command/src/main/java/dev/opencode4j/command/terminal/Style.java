package dev.opencode4j.command.terminal;

/** How text is set off from other text. */
public enum Style {
    /** Not at all. */
    PLAIN,
    /** By the colours of a terminal. */
    COLOURED;

    private static final String RESET = "\u001b[0m";

    /** Text of less weight. */
    public String dim(String text) {
        return in("\u001b[2m", text);
    }

    /** Text that went well. */
    public String good(String text) {
        return in("\u001b[32m", text);
    }

    /** Text that needs attention. */
    public String warning(String text) {
        return in("\u001b[33m", text);
    }

    /** Text that went wrong. */
    public String bad(String text) {
        return in("\u001b[31m", text);
    }

    private String in(String colour, String text) {
        return this == PLAIN || text.isEmpty() ? text : colour + text + RESET;
    }
}
