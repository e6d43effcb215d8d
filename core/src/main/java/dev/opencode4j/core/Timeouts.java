package dev.opencode4j.core;

import dev.opencode4j.core.argument.Arguments;
import java.time.Duration;

/**
 * How long a turn may take, in four measures. All are positive, and at most 36,500 days.
 *
 * @param connect until a connection stands and the event stream is ready
 * @param firstEvent from the prompt's acceptance to the first sign of the turn; slow models need a minute and more
 * @param idle between two signs of life of the server while the turn runs; heartbeats count as life
 * @param turn from the start to the end; when it runs out the turn is aborted upstream. A pending permission or
 *     question suspends this and {@code idle}, as long as the server is alive
 */
public record Timeouts(Duration connect, Duration firstEvent, Duration idle, Duration turn) {

    /** 10 seconds, 2 minutes, 2 minutes, 10 minutes. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(10));

    /** Refuses durations that are not positive, or longer than 36,500 days. */
    public Timeouts {
        Arguments.positive(connect, "connect");
        Arguments.positive(firstEvent, "firstEvent");
        Arguments.positive(idle, "idle");
        Arguments.positive(turn, "turn");
    }

    /** The same with another limit on connecting. */
    public Timeouts withConnect(Duration value) {
        return new Timeouts(value, firstEvent, idle, turn);
    }

    /** The same with another limit on the first event. */
    public Timeouts withFirstEvent(Duration value) {
        return new Timeouts(connect, value, idle, turn);
    }

    /** The same with another limit on silence. */
    public Timeouts withIdle(Duration value) {
        return new Timeouts(connect, firstEvent, value, turn);
    }

    /** The same with another limit on the whole turn. */
    public Timeouts withTurn(Duration value) {
        return new Timeouts(connect, firstEvent, idle, value);
    }
}
