package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessageInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stored messages: {@code {info, parts}}, or a list of them. Messages without an id are left out. */
public final class MessageReader {

    private @Nullable MessageInfo info;
    private final List<Part> parts = new ArrayList<>();
    private final List<StepFinished> steps = new ArrayList<>();
    private boolean continuation = true;

    private MessageReader() {}

    /** Reads a list of messages. Throws Jackson's exceptions if the bytes are no JSON. */
    public static List<Message> list(byte[] body) {
        List<Message> messages = new ArrayList<>();
        JsonReader json = JsonReader.of(body, 0, body.length);
        if (json.enterArray()) {
            while (json.nextElement()) {
                Message message = read(json);
                if (message != null) messages.add(message);
            }
        }
        return messages;
    }

    /** Reads one message; null if the bytes hold none. Throws Jackson's exceptions if they are no JSON. */
    public static @Nullable Message one(byte[] body) {
        JsonReader json = JsonReader.of(body, 0, body.length);
        return read(json);
    }

    private static @Nullable Message read(JsonReader json) {
        if (!json.enterObject()) return null;
        MessageReader message = new MessageReader();
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "info" -> message.info = MessageInfoReader.read(json);
                case "parts" -> message.readParts(json);
            }
        }
        return message.toMessage();
    }

    private void readParts(JsonReader json) {
        if (!json.enterArray()) return;
        while (json.nextElement()) {
            PartReader part = new PartReader();
            if (part.read(json)) add(part);
        }
    }

    private void add(PartReader part) {
        continuation &= part.continues();
        AgentEvent told = part.storedEvent();
        if (told instanceof StepFinished step) steps.add(step);
        else if (told instanceof ToolProgressed tool) parts.add(tool.tool().at(parts.size()));
        else if (told instanceof PartFinished finished)
            parts.add(finished.part().at(parts.size()));
    }

    private @Nullable Message toMessage() {
        if (info == null) return null;
        return new Message(info, parts, steps, info.isUser() && continuation && !parts.isEmpty());
    }
}
