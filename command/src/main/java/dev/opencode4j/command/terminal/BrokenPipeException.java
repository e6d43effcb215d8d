package dev.opencode4j.command.terminal;

import java.io.IOException;

/** Nobody reads an output any more, as after {@code | head -1}. */
public final class BrokenPipeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenPipeException(IOException cause) {
        super(cause);
    }
}
