package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.server.internal.http.Cause;

/** What a stage failed with, as one of our own. */
final class Failures {

    private Failures() {}

    static AgentException of(Throwable failure) {
        Throwable cause = Cause.of(failure);
        return cause instanceof AgentException error ? error : ServerException.unexpected(cause);
    }
}
