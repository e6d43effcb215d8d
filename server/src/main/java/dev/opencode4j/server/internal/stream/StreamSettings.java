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
 * @param wholeServer whether one stream is tried for all directories; else there is one for each
 */
public record StreamSettings(
        Duration connect,
        Duration silence,
        Duration linger,
        Duration firstPause,
        Duration longestPause,
        boolean wholeServer) {

    /** 10 s, three heartbeats and a half more, 30 s, 50 ms to 2 s, one stream. */
    public static final StreamSettings DEFAULT = new StreamSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(45),
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            true);

    private static final Duration LONGEST_CONNECT = Duration.ofDays(1);

    /** The same with another limit on connecting, of a day at most. */
    public StreamSettings withConnect(Duration value) {
        Duration bounded = value.compareTo(LONGEST_CONNECT) < 0 ? value : LONGEST_CONNECT;
        return new StreamSettings(bounded, silence, linger, firstPause, longestPause, wholeServer);
    }

    /** The same with a stream for each directory. */
    public StreamSettings perDirectory() {
        return new StreamSettings(connect, silence, linger, firstPause, longestPause, false);
    }
}
