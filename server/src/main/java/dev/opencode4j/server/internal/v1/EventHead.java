package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.json.read.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which session an event is about without parsing it: a stream carries everybody's events, and most of them
 * are nobody's here.
 *
 * <p>Skims {@code {"id", "type", "properties": {"sessionID" | "info": {...} | "part": {...}}}} in any order and stops
 * as soon as type and session are known, which is usually within the first hundred bytes. Newer servers name the
 * session first; 1.2.27 has it only inside {@code info} or {@code part}, and a session's own events have it as
 * {@code info.id}. The stream of the whole server wraps each event as {@code {"directory", "project", "payload"}}.
 * Reusable; not thread-safe.
 */
public final class EventHead {

    private final JsonReader json = new JsonReader();
    private @Nullable String type;
    private @Nullable String sessionId;
    private @Nullable String parentId;

    /** Events of a session come in rows, and a string that has been hashed is found faster. */
    private @Nullable String lastSession;

    /** What it is called when the stream of the whole server says again what another event said (1.15.13, 1.18.33). */
    private static final String REPETITION = "sync";

    private int directoryOffset;
    private int eventOffset;
    private int propertiesOffset;
    private int idOffset;
    private int idLength;

    /**
     * Reads the head of the event that lies in {@code bytes}; false if it is JSON, but no event. Throws Jackson's
     * exceptions if it is no JSON as far as it is read.
     */
    public boolean read(byte[] bytes, int offset, int length) {
        if (sessionId != null) lastSession = sessionId;
        type = null;
        sessionId = null;
        parentId = null;
        directoryOffset = -1;
        eventOffset = offset;
        propertiesOffset = -1;
        idLength = 0;
        json.over(bytes, offset, length);
        return read();
    }

    private boolean read() {
        if (!json.enterObject()) return false;
        String field;
        while (!isComplete() && (field = json.nextField()) != null) {
            switch (field) {
                case "directory" -> directoryOffset = json.mark();
                case "payload" -> readPayload();
                default -> readField(field);
            }
        }
        return type != null;
    }

    private void readPayload() {
        eventOffset = json.mark();
        if (!json.enterObject()) return;
        String field;
        while (!isComplete() && (field = json.nextField()) != null) readField(field);
    }

    private void readField(String field) {
        switch (field) {
            case "type" -> type = json.name();
            case "properties" -> {
                propertiesOffset = json.mark();
                readProperties();
            }
            case "id" -> readId();
        }
    }

    private void readId() {
        boolean isId = json.isAtHand('"');
        idOffset = json.mark();
        json.skip();
        if (isId) idLength = json.mark() - idOffset;
    }

    private void readProperties() {
        if (!json.enterObject()) return;
        String field;
        while (!isComplete() && (field = json.nextField()) != null) {
            switch (field) {
                case "sessionID" -> readSession();
                case "info", "part" -> readInner();
            }
        }
    }

    /** Of a new session the parent matters too: by it a sub-agent is known. */
    private boolean isComplete() {
        if (type == null) return false;
        return sessionId == null
                ? type.equals(REPETITION)
                : parentId != null || !type.equals(EventReader.SESSION_CREATED);
    }

    private void readSession() {
        String id = json.text(lastSession);
        if (id != null) sessionId = id;
    }

    private void readInner() {
        if (!json.enterObject()) return;
        String field;
        while (!isComplete() && (field = json.nextField()) != null) {
            switch (field) {
                case "sessionID" -> readSession();
                case "id" -> {
                    String id = json.text();
                    if (sessionId == null && id != null && id.startsWith("ses_")) sessionId = id;
                }
                case "parentID" -> parentId = json.text();
            }
        }
    }

    /** The event's type; empty if it has none. */
    public String type() {
        return type == null ? "" : type;
    }

    /** Whether it says again what another event says. */
    public boolean isRepetition() {
        return REPETITION.equals(type);
    }

    /** Where the name of the directory begins that the event is about; -1 if the stream is not the whole server's. */
    int directoryOffset() {
        return directoryOffset;
    }

    /** The session that the event is about, or null if it is about none. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** With {@code session.created}: the session's parent, or null. */
    public @Nullable String parentId() {
        return parentId;
    }

    /** Where the event's own id begins; it is read if it comes before the session, as servers write it. */
    public int idOffset() {
        return idOffset;
    }

    /** The length of the event's own id as it was sent; 0 if it was not seen: 1.2.27 sends none. */
    public int idLength() {
        return idLength;
    }

    /** Where the event itself begins, without what it is wrapped in. */
    int eventOffset() {
        return eventOffset;
    }

    /** Where the event's properties begin; -1 if they have not been seen. */
    int propertiesOffset() {
        return propertiesOffset;
    }
}
