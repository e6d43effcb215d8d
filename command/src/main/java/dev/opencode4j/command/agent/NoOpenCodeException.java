package dev.opencode4j.command.agent;

/** There is no OpenCode on this machine, and no server is named; the message says how to get one. */
public final class NoOpenCodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoOpenCodeException(String advice) {
        super("no OpenCode found; " + advice);
    }
}
