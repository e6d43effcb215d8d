package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stored messages: {@code {info, parts}}, or a list of them. Messages without an id are left out. */
public final class MessageReader {

    private MessageReader() {}

    /** Reads a list of messages. Throws Jackson's exceptions if the bytes are no JSON. */
    public static List<Message> list(byte[] body) {
        List<Message> messages = new ArrayList<>();
        try (JsonReader json = JsonReader.of(body, 0, body.length)) {
            if (json.enterArray()) {
                while (json.nextElement()) {
                    Message message = read(json);
                    if (message != null) messages.add(message);
                }
            }
        }
        return messages;
    }

    /** Reads one message; null if the bytes hold none. Throws Jackson's exceptions if they are no JSON. */
    public static @Nullable Message one(byte[] body) {
        try (JsonReader json = JsonReader.of(body, 0, body.length)) {
            return read(json);
        }
    }

    private static @Nullable Message read(JsonReader json) {
        if (!json.enterObject()) return null;
        MessageInfo info = null;
        List<Part> parts = new ArrayList<>();
        List<StepFinished> steps = new ArrayList<>();
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "info" -> info = MessageInfoReader.read(json);
                case "parts" -> readParts(json, parts, steps);
                default -> json.skip();
            }
        }
        return info == null ? null : new Message(info, parts, steps);
    }

    private static void readParts(JsonReader json, List<Part> parts, List<StepFinished> steps) {
        if (!json.enterArray()) return;
        while (json.nextElement()) {
            PartReader reader = new PartReader();
            AgentEvent told = reader.read(json) ? reader.storedEvent() : null;
            if (told instanceof StepFinished step) steps.add(step);
            else if (told instanceof ToolProgressed tool) parts.add(tool.tool().at(parts.size()));
            else if (told instanceof PartFinished finished)
                parts.add(finished.part().at(parts.size()));
        }
    }
}
