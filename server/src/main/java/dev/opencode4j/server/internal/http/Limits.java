package dev.opencode4j.server.internal.http;

import java.time.Duration;

/**
 * How long a transport waits.
 *
 * @param connect until a connection stands
 * @param request until the end of an answer, unless the request has a limit of its own
 */
public record Limits(Duration connect, Duration request) {

    /** Refuses durations that are not positive. */
    public Limits {
        requirePositive(connect, "connectTimeout");
        requirePositive(request, "requestTimeout");
    }

    private static void requirePositive(Duration value, String argument) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(argument + ": must be positive, was " + value);
        }
    }
}
