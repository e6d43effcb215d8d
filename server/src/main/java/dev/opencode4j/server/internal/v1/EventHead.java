package dev.opencode4j.server.internal.v1;

import org.jspecify.annotations.Nullable;

/**
 * Finds out which session an event is about without parsing it: a stream carries everybody's events, and most of them
 * are nobody's here.
 *
 * <p>Skims {@code {"id", "type", "properties": {"sessionID" | "info": {...} | "part": {...}}}} in any order and stops
 * as soon as type and session are known, which is usually within the first hundred bytes. Newer servers name the
 * session first; 1.2.27 has it only inside {@code info} or {@code part}, and a session's own events have it as
 * {@code info.id}. Bytes that are no JSON have no session. Reusable; not thread-safe.
 */
public final class EventHead {

    private final JsonSkimmer json = new JsonSkimmer();
    private @Nullable String type;
    private @Nullable String sessionId;
    private @Nullable String parentId;
    private int propertiesOffset;
    private int idOffset;
    private int idLength;

    /** Reads the head of the event that lies in {@code bytes}; false if it is no event. */
    public boolean read(byte[] bytes, int offset, int length) {
        type = null;
        sessionId = null;
        parentId = null;
        propertiesOffset = -1;
        idLength = 0;
        json.over(bytes, offset, length);
        if (!json.enterObject()) return false;
        while (json.nextField()) {
            if (json.fieldIs("type")) {
                type = json.string();
            } else if (json.fieldIs("properties")) {
                propertiesOffset = json.position();
                readProperties();
            } else if (json.fieldIs("id")) {
                readId();
            } else {
                json.skipValue();
            }
            if (isComplete()) return true;
        }
        return type != null;
    }

    private void readId() {
        boolean isId = json.isString();
        idOffset = json.position();
        json.skipValue();
        if (isId) idLength = json.position() - idOffset;
    }

    private void readProperties() {
        if (!json.enterObject()) return;
        while (json.nextField()) {
            if (json.fieldIs("sessionID")) readSession();
            else if (json.fieldIs("info") || json.fieldIs("part")) readInner();
            else json.skipValue();
            if (isComplete()) return;
        }
    }

    /** Of a new session the parent matters too: by it a sub-agent is known. */
    private boolean isComplete() {
        return type != null && sessionId != null && (parentId != null || !type.equals("session.created"));
    }

    private void readSession() {
        String id = json.string();
        if (id != null) sessionId = id;
    }

    private void readInner() {
        if (!json.enterObject()) return;
        while (json.nextField()) {
            if (json.fieldIs("sessionID")) {
                readSession();
            } else if (json.fieldIs("id")) {
                String id = json.string();
                if (sessionId == null && id != null && id.startsWith("ses_")) sessionId = id;
            } else if (json.fieldIs("parentID")) {
                parentId = json.string();
            } else {
                json.skipValue();
            }
            if (isComplete()) return;
        }
    }

    /** The event's type; empty if it has none. */
    public String type() {
        return type == null ? "" : type;
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

    /** The length of the event's own id, quotes included; 0 if it was not seen: 1.2.27 sends none. */
    public int idLength() {
        return idLength;
    }

    /** Where the event's properties begin; -1 if they have not been seen. */
    int propertiesOffset() {
        return propertiesOffset;
    }
}
