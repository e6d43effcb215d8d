package dev.opencode4j.server.internal.stream;

/** A subscriber's place in a shared event stream. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** Watches another session too, a sub-agent's. Harmless when it is watched already, or the subscription is over. */
    void watch(String sessionId);

    /** When the stream last gave a sign of life, by {@link System#nanoTime}. */
    long lastLife();

    /** Ends the subscription; what is under way may still arrive. */
    @Override
    void close();
}
