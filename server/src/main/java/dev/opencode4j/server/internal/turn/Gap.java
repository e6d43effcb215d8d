package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How a turn's event stream stands: up, or broken since when and why. */
final class Gap {

    /**
     * A gap that has been mended.
     *
     * @param length how long nothing was heard
     * @param cause why
     */
    record Closed(Duration length, String cause) {}

    private final LongSupplier now;
    private boolean up;
    private boolean open;
    private boolean wasDown;
    private boolean wasBroken;
    private long lastBroken = -1;
    private long since;
    private String cause = "";

    Gap(LongSupplier now) {
        this.now = now;
    }

    /** A connection is ready; false if that is old news. */
    boolean streamCameUp(long connection) {
        if (connection <= lastBroken || up) return false;
        up = true;
        return true;
    }

    void streamBroke(long connection, AgentException error) {
        lastBroken = connection;
        up = false;
        wasBroken = true;
        if (open) return;
        open = true;
        since = now.getAsLong();
        cause = error.reason();
    }

    /** The turn began before it was listened to: what was told since is missing, as after a break. */
    void beganUnheard() {
        open = true;
        wasBroken = true;
        since = now.getAsLong();
        cause = "the turn had begun before";
    }

    /** The server would not be connected to. */
    void refused() {
        wasDown = true;
    }

    /** What was missed so far does not matter. */
    void forget() {
        open = false;
        wasDown = false;
        wasBroken = false;
    }

    boolean isStreamUp() {
        return up;
    }

    /** Whether something was missed and not yet asked for. */
    boolean isOpen() {
        return open;
    }

    /** Whether the server was away: it may have been another process since. */
    boolean serverWasDown() {
        return wasDown;
    }

    /** Whether the stream ever broke, be it because the server was started anew too fast to be missed. */
    boolean wasBroken() {
        return wasBroken;
    }

    /** What was missed has been asked for: ends the gap, if there is one and the stream is up again. */
    Optional<Closed> close() {
        if (!open || !up) return Optional.empty();
        open = false;
        return Optional.of(new Closed(Duration.ofNanos(now.getAsLong() - since), cause));
    }
}
