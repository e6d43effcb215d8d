package dev.opencode4j.testkit.real;

/** A real OpenCode did not become ready; the message quotes the end of its log. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
