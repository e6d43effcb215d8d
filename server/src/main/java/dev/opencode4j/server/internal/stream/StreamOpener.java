package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.Where;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Opens a connection to an event stream. */
public interface StreamOpener {

    /** The stream's bytes once the answer's head has come; fails with an {@code AgentException}. */
    CompletableFuture<InputStream> open();

    /** What an error says of it. */
    Where where();
}
