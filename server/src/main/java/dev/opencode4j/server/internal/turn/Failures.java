package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.server.internal.http.Cause;
import java.time.Duration;

/** Why turns fail. */
final class Failures {

    private Failures() {}

    /** What a stage failed with, as one of our own. */
    static AgentException of(Throwable failure) {
        Throwable cause = Cause.of(failure);
        return cause instanceof AgentException error ? error : ServerException.unexpected(cause);
    }

    static AgentException streamNotReady(Duration limit) {
        return new ConnectionException("the event stream was not ready within " + limit, null, null);
    }

    static AgentException brokenOff() {
        return ServerException.fatal(
                "the server stopped in the middle of the turn; what it had not stored is gone", null);
    }

    static AgentException takenOver() {
        return ServerException.fatal("another prompt took the session over before the turn was done", null);
    }

    static AgentException sessionDeleted() {
        return new SessionNotFoundException("the session was deleted in the middle of the turn", null, null);
    }
}
