package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Sends requests to one address, as many at once as there are. Thread-safe. */
public interface RequestSender extends AutoCloseable {

    /**
     * Sends a {@code POST}, and tells {@code exchange} what becomes of it. May look up the host's address, which blocks;
     * nothing else does.
     *
     * @param headers what is sent besides {@code Host} and {@code Content-Length}
     * @param connect how long it may take until the connection stands
     * @throws IOException if it can't be sent, or this sender is closed
     */
    Call post(Map<String, String> headers, byte[] body, Duration connect, Exchange exchange) throws IOException;

    /** Sends no more. What is under way ends by itself or is cancelled. */
    @Override
    void close();
}
