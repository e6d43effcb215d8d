package dev.opencode4j.server.internal.stream;

import java.time.Duration;

/**
 * How an event stream is kept.
 *
 * @param connect how long a connection may take until its first event
 * @param silence how long a connection may be silent before it is taken for dead; heartbeats come every 10 s
 * @param linger how long a stream that nobody watches is kept
 * @param firstPause the pause before the second try to connect; it doubles, with jitter
 * @param longestPause the longest pause between two tries
 */
public record StreamSettings(
        Duration connect, Duration silence, Duration linger, Duration firstPause, Duration longestPause) {

    /** 10 s, three heartbeats and a half more, 30 s, 50 ms to 2 s. */
    public static final StreamSettings DEFAULT = new StreamSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(45),
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            Duration.ofSeconds(2));
}
