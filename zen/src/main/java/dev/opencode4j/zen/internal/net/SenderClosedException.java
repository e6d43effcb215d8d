package dev.opencode4j.zen.internal.net;

import java.io.IOException;

/** A request is not sent, for the agent was closed. No other try makes it better. */
public final class SenderClosedException extends IOException {

    private static final long serialVersionUID = 1;

    /** Nothing was sent. */
    public SenderClosedException() {
        super("the agent is closed");
    }
}
