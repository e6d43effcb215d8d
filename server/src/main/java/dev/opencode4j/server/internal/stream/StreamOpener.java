package dev.opencode4j.server.internal.stream;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Opens a connection to an event stream. */
@FunctionalInterface
public interface StreamOpener {

    /** The stream's bytes once the answer's head has come; fails with an {@code AgentException}. */
    CompletableFuture<InputStream> open();
}
