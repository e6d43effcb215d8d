package dev.opencode4j.server;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.event.UnknownEvent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.v1.EventReader;
import dev.opencode4j.server.internal.wire.RawEvent;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a server, whoever prompted; or a fact about the connection that brings them: {@link #CONNECTED},
 * {@link #HEARTBEAT}, {@link #GAP}, {@link #REFUSED} and {@link #DAMAGED}. Immutable.
 *
 * <p>What a turn's events have been cleaned of is still here: the user's own words come back as parts, a text that is
 * finished comes whole again after its deltas, and the same state may be told more than once.
 *
 * @param type the type, as the server calls it ({@code message.part.delta}), or one of the constants
 * @param directory the directory that it is about; empty if it is about none, or that is not told
 * @param sessionId the session that it is about; empty if it is about none
 * @param event what a turn of that session would be told; null if that is nothing. With {@link #CONNECTED} after a gap it
 *     is {@link Reconnected}, with {@link #GAP} and {@link #REFUSED} an {@link ErrorReported}
 * @param raw the whole event as it was sent, {@code {"id"?, "type", "properties"}}; the empty object for facts about the
 *     connection
 */
public record ServerEvent(
        String type,
        String directory,
        String sessionId,
        @Nullable AgentEvent event,
        Json raw) {

    /** The stream is ready: from here on nothing is missed until the next {@link #GAP}. Comes again after each gap. */
    public static final String CONNECTED = EventReader.CONNECTED;

    /** A sign of life, every 10 s (1.2.27 to 1.18.33). */
    public static final String HEARTBEAT = EventReader.HEARTBEAT;

    /** The connection broke and is opened again: what is sent until the next {@link #CONNECTED} is missed for good. */
    public static final String GAP = "gap";

    /** A try to connect failed; the next one follows soon. */
    public static final String REFUSED = "refused";

    /** An event was too large or broken to be told, or the sub-agents could not be looked up: something is missing. */
    public static final String DAMAGED = "damaged";

    /** Whether this is a fact about the connection, and none about a session or directory. */
    public boolean isConnectionFact() {
        return switch (type) {
            case CONNECTED, HEARTBEAT, GAP, REFUSED, DAMAGED -> true;
            default -> false;
        };
    }

    static ServerEvent of(RawEvent event) {
        return new ServerEvent(event.type(), event.directory(), event.sessionId(), typed(event.signal()), event.json());
    }

    static ServerEvent connected(@Nullable Reconnected afterGap) {
        return new ServerEvent(CONNECTED, "", "", afterGap, Json.EMPTY);
    }

    static ServerEvent failure(String type, @Nullable AgentException cause) {
        return new ServerEvent(type, "", "", cause == null ? null : new ErrorReported(cause), Json.EMPTY);
    }

    private static @Nullable AgentEvent typed(@Nullable Signal signal) {
        if (signal instanceof Signal.Told told) return told.event() instanceof UnknownEvent ? null : told.event();
        if (signal instanceof Signal.SessionFailed failed) return new ErrorReported(failed.error());
        if (signal instanceof Signal.StatusChanged changed && changed.status().isRetrying()) {
            return retrying(changed.status());
        }
        return null;
    }

    private static Retrying retrying(SessionStatus status) {
        Instant next = status.next();
        String message = status.message();
        return new Retrying(status.attempt(), message == null ? "" : message, next == null ? Instant.now() : next);
    }
}
