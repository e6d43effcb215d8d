package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.argument.Arguments;
import java.time.Duration;

/**
 * How long a transport waits, and how much it reads.
 *
 * @param connect until a connection stands
 * @param request until the end of an answer, unless the request has a limit of its own
 * @param answer the bytes that an answer may have
 */
public record Limits(Duration connect, Duration request, int answer) {

    /** The bytes that an answer may have unless something else is said: as many as an event may have. */
    public static final int DEFAULT_ANSWER = 64 << 20;

    /** Refuses what is not positive. */
    public Limits {
        Arguments.positive(connect, "connectTimeout");
        Arguments.positive(request, "requestTimeout");
        Arguments.positive(answer, "answerLimit");
    }

    /** With {@link #DEFAULT_ANSWER}. */
    public Limits(Duration connect, Duration request) {
        this(connect, request, DEFAULT_ANSWER);
    }
}
