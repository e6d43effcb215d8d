package dev.opencode4j.core.event;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.reply.TurnResult;
import java.util.Optional;

/**
 * The turn is over without its whole answer.
 *
 * @param error why; this turn's own exception, whose {@code partial()} is the result
 * @param result what had been received
 */
public record TurnFailed(AgentException error, TurnResult result) implements TurnEnded {

    /** Makes a copy of an error that does not hold the result yet: other turns may fail from the same object. */
    public TurnFailed {
        if (!error.partial().equals(Optional.of(result))) error = error.withPartial(result);
    }
}
