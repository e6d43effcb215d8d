package dev.opencode4j.command.json;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.UnknownEvent;
import dev.opencode4j.core.json.JsonValues;
import dev.opencode4j.core.json.Names;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes events, and what else the command tells, as one line of JSON each. Thread-safe. */
public final class EventJson {

    /** What a turn that has not begun has received. */
    public static final TurnResult NOTHING = new TurnResult("", "", Reply.EMPTY, List.of());

    private final JsonFactory factory = new JsonFactory();

    /**
     * An event: {@code type} is its name in snake case, its fields follow. The one that ends a turn has {@code text},
     * {@code usage}, {@code cost}, {@code sessionId}, {@code messageId}, {@code rejections} if something was rejected, and
     * {@code error} if it failed.
     */
    public String event(AgentEvent event) {
        String type = Names.snakeCase(event.getClass().getSimpleName());
        if (event instanceof TurnEnded ended) {
            return end(type, ended.result(), ended instanceof TurnFailed failed ? failed.error() : null);
        }
        return object(to -> {
            to.writeStringProperty("type", type);
            if (event instanceof UnknownEvent unknown) writeUnknown(unknown, to);
            else JsonValues.writeFields((Record) event, to);
        });
    }

    /** The last line for a turn that failed, maybe before it began; {@code known} is what is known without the error. */
    public String failure(Throwable error, TurnResult known) {
        TurnResult partial =
                error instanceof AgentException failure ? failure.partial().orElse(known) : known;
        return end(Names.snakeCase(TurnFailed.class.getSimpleName()), partial, error);
    }

    /** A record, list, map, or text. */
    public String value(Object value) {
        StringWriter line = new StringWriter();
        try (JsonGenerator to = factory.createGenerator(ObjectWriteContext.empty(), line)) {
            JsonValues.write(value, to);
        }
        return line.toString();
    }

    /** Its own type is a field, so the type on the wire has another name. */
    private static void writeUnknown(UnknownEvent unknown, JsonGenerator to) {
        to.writeStringProperty("wireType", unknown.type());
        to.writeName("raw");
        JsonValues.write(unknown.raw(), to);
    }

    private String end(String type, TurnResult result, @Nullable Throwable error) {
        return object(to -> {
            to.writeStringProperty("type", type);
            to.writeStringProperty("text", result.text());
            field("usage", result.usage(), to);
            field("cost", result.cost(), to);
            field("sessionId", orNull(result.sessionId()), to);
            field("messageId", orNull(result.messageId()), to);
            if (result.reply().finish() != null) field("finish", result.reply().finish(), to);
            Json structured = result.structured();
            if (structured != null) field("structured", structured, to);
            if (!result.rejections().isEmpty()) field("rejections", result.rejections(), to);
            if (error != null) {
                to.writeName("error");
                JsonValues.writeError(error, to);
            }
        });
    }

    private static void field(String name, @Nullable Object value, JsonGenerator to) {
        to.writeName(name);
        JsonValues.write(value, to);
    }

    private static @Nullable String orNull(String id) {
        return id.isEmpty() ? null : id;
    }

    private String object(Consumer<JsonGenerator> fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator to = factory.createGenerator(ObjectWriteContext.empty(), line)) {
            to.writeStartObject();
            fields.accept(to);
            to.writeEndObject();
        }
        return line.toString();
    }
}
