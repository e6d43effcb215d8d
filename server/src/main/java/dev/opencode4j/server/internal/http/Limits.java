package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.argument.Arguments;
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
        Arguments.positive(connect, "connectTimeout");
        Arguments.positive(request, "requestTimeout");
    }
}
