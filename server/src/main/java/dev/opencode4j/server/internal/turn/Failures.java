package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ServerException;
import java.util.concurrent.CompletionException;

/** What a stage failed with, as one of our own. */
final class Failures {

    private Failures() {}

    static AgentException of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) cause = cause.getCause();
        if (cause instanceof AgentException error) return error;
        return ServerException.unexpected(cause);
    }
}
