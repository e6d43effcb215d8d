package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.UnknownEvent;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.wire.Signal;
import dev.opencode4j.server.model.MessageInfo;
import dev.opencode4j.server.model.SessionStatus;
import org.jspecify.annotations.Nullable;

/** Turns an event of the v1 stream, whose head has been read, into a {@link Signal}. */
public final class EventReader {

    /** The first event of every stream: from here on nothing is missed. */
    public static final String CONNECTED = "server.connected";

    /** A session came to be. */
    public static final String SESSION_CREATED = "session.created";

    /** A sign of life, about nothing. */
    public static final String HEARTBEAT = "server.heartbeat";

    /** The server has forgotten what it was doing in a directory; where there is only that one's stream, this ends it. */
    public static final String INSTANCE_DISPOSED = "server.instance.disposed";

    private EventReader() {}

    /** The whole event in {@code bytes}, as it was sent, without what the whole server's stream wraps it in. */
    public static Json whole(EventHead head, byte[] bytes, int offset, int length) {
        return reader(bytes, offset, length, head.eventOffset()).raw();
    }

    /**
     * Reads the event in {@code bytes}; null if it says nothing to a turn. Throws Jackson's exceptions if it is broken.
     */
    public static @Nullable Signal read(EventHead head, byte[] bytes, int offset, int length) {
        String session = head.sessionId();
        if (session == null || saysNothing(head.type())) return null;
        int start = head.propertiesOffset();
        if (start < 0) start = offset;
        return switch (head.type()) {
            case "message.part.delta" -> delta(session, reader(bytes, offset, length, start));
            case "message.part.updated" -> part(session, reader(bytes, offset, length, start));
            case "message.updated" -> message(reader(bytes, offset, length, start));
            case "session.status" -> status(session, reader(bytes, offset, length, start));
            case "session.idle" -> new Signal.StatusChanged(session, SessionStatus.IDLE);
            case "session.error" -> error(session, reader(bytes, offset, length, start));
            case SESSION_CREATED -> born(session, head.parentId());
            case "session.deleted" -> new Signal.SessionDeleted(session);
            case "todo.updated" -> told(session, TodoReader.event(reader(bytes, offset, length, start)));
            case "permission.asked" ->
                asked(session, InteractionReader.permission(reader(bytes, offset, length, start)));
            case "permission.replied" ->
                told(session, InteractionReader.permissionReplied(reader(bytes, offset, length, start)));
            case "question.asked" -> asked(session, InteractionReader.question(reader(bytes, offset, length, start)));
            case "question.replied" ->
                told(session, InteractionReader.questionReplied(reader(bytes, offset, length, start)));
            case "question.rejected" ->
                told(session, InteractionReader.questionRejected(reader(bytes, offset, length, start)));
            default -> told(session, new UnknownEvent(head.type(), whole(head, bytes, offset, length)));
        };
    }

    /** The directory that the event in {@code bytes} is about, if the stream is the whole server's; else null. */
    public static @Nullable String directory(EventHead head, byte[] bytes, int offset, int length) {
        int start = head.directoryOffset();
        return start < 0 ? null : reader(bytes, offset, length, start).text();
    }

    /** Events that are known, frequent and of no use to a turn; and a draft of the next protocol in 1.15. */
    private static boolean saysNothing(String type) {
        return switch (type) {
            case "session.updated", "session.diff", "session.compacted" -> true;
            case "message.removed", "message.part.removed" -> true;
            default -> type.startsWith("session.next.") || type.startsWith("server.");
        };
    }

    private static JsonReader reader(byte[] bytes, int offset, int length, int start) {
        return JsonReader.of(bytes, start, offset + length - start);
    }

    private static @Nullable Signal asked(String session, @Nullable PermissionRequest request) {
        return request == null ? null : asked(session, request.messageId(), new PermissionAsked(request));
    }

    private static @Nullable Signal asked(String session, @Nullable QuestionRequest request) {
        return request == null ? null : asked(session, request.messageId(), new QuestionAsked(request));
    }

    private static Signal asked(String session, @Nullable String messageId, AgentEvent event) {
        return new Signal.Told(session, messageId == null ? "" : messageId, event);
    }

    private static @Nullable Signal told(String session, @Nullable AgentEvent event) {
        return event == null ? null : new Signal.Told(session, "", event);
    }

    private static Signal born(String session, @Nullable String parent) {
        return new Signal.SessionBorn(session, parent == null ? "" : parent);
    }

    /** The field is "text" for reasoning too: what a part is, only the part itself says. */
    private static @Nullable Signal delta(String session, JsonReader json) {
        String message = "";
        String part = "";
        String field = "";
        String text = "";
        if (!json.enterObject()) return null;
        String name;
        while ((name = json.nextField()) != null) {
            switch (name) {
                case "messageID" -> message = json.textOrEmpty();
                case "partID" -> part = json.textOrEmpty();
                case "field" -> field = json.nameOrEmpty();
                case "delta" -> text = json.textOrEmpty();
            }
        }
        if (text.isEmpty() || !(field.equals("text") || field.equals("reasoning"))) return null;
        String id = part.isEmpty() ? message + ':' + field : part;
        return new Signal.Told(session, message, PartReader.delta(id, field, text));
    }

    private static @Nullable Signal part(String session, JsonReader json) {
        PartReader part = new PartReader();
        if (!json.enterObject()) return null;
        String name;
        while ((name = json.nextField()) != null) {
            if (name.equals("part")) part.read(json);
        }
        return part.signal(session);
    }

    private static @Nullable Signal message(JsonReader json) {
        MessageInfo info = null;
        if (!json.enterObject()) return null;
        String name;
        while ((name = json.nextField()) != null) {
            if (name.equals("info")) info = MessageInfoReader.readProgress(json);
        }
        return info == null ? null : new Signal.MessageChanged(info);
    }

    private static @Nullable Signal status(String session, JsonReader json) {
        if (!json.enterObject()) return null;
        String name;
        Signal signal = null;
        while ((name = json.nextField()) != null) {
            if (name.equals("status")) signal = new Signal.StatusChanged(session, StatusReader.read(json));
        }
        return signal;
    }

    private static Signal error(String session, JsonReader json) {
        AgentException error = null;
        if (json.enterObject()) {
            String name;
            while ((name = json.nextField()) != null) {
                if (name.equals("error")) error = ErrorReader.read(json);
            }
        }
        return new Signal.SessionFailed(
                session, error == null ? ServerException.fatal("an error without words", null) : error);
    }
}
