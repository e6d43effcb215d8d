package dev.opencode4j.core.json;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.part.UnknownPart;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what events are made of. A record is an object of its components, so that whatever is added to an event is
 * added to its JSON. Durations are seconds, instants are ISO 8601, a part says its type, JSON stays as it was received.
 */
public final class JsonValues {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private JsonValues() {}

    /** Writes a value of any type; what is none of the above as its text. */
    public static void write(@Nullable Object value, JsonGenerator to) {
        if (value == null) to.writeNull();
        else if (value instanceof Json json) writeRaw(json, to);
        else if (value instanceof BigDecimal number) to.writeNumber(number.toPlainString());
        else if (value instanceof Long || value instanceof Integer) to.writeNumber(((Number) value).longValue());
        else if (value instanceof Boolean flag) to.writeBoolean(flag);
        else if (value instanceof Duration duration)
            to.writeNumber(seconds(duration).toPlainString());
        else if (value instanceof ToolStatus status) to.writeString(status.name());
        else if (value instanceof AgentException error) writeError(error, to);
        else if (value instanceof Iterable<?> list) writeList(list, to);
        else if (value instanceof Map<?, ?> map) writeMap(map, to);
        else if (value instanceof Record fields) writeRecord(fields, to);
        else to.writeString(value.toString());
    }

    /** The fields of a record, into an object that is open. */
    public static void writeFields(Record value, JsonGenerator to) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            to.writeName(component.getName());
            write(read(component, value), to);
        }
    }

    /** Writes an error as {@code class} and {@code message}. */
    public static void writeError(Throwable error, JsonGenerator to) {
        to.writeStartObject();
        to.writeStringProperty("class", error.getClass().getSimpleName());
        to.writeStringProperty("message", String.valueOf(error.getMessage()));
        to.writeEndObject();
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal nanos =
                BigDecimal.valueOf(duration.getSeconds()).multiply(NANOS).add(BigDecimal.valueOf(duration.getNano()));
        return nanos.divide(NANOS).stripTrailingZeros();
    }

    /** Between its tokens JSON may have line ends, but not within a line of ours; within strings there are none. */
    private static void writeRaw(Json json, JsonGenerator to) {
        to.writeRawValue(json.text().replace('\n', ' ').replace('\r', ' '));
    }

    private static void writeList(Iterable<?> list, JsonGenerator to) {
        to.writeStartArray();
        list.forEach(element -> write(element, to));
        to.writeEndArray();
    }

    private static void writeMap(Map<?, ?> map, JsonGenerator to) {
        to.writeStartObject();
        map.forEach((key, value) -> {
            to.writeName(String.valueOf(key));
            write(value, to);
        });
        to.writeEndObject();
    }

    private static void writeRecord(Record value, JsonGenerator to) {
        to.writeStartObject();
        if (value instanceof Part part && !(part instanceof UnknownPart)) {
            to.writeStringProperty(
                    "type", Names.snakeCase(part.getClass().getSimpleName().replace("Part", "")));
        }
        writeFields(value, to);
        to.writeEndObject();
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(component + " can't be read", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(component + " can't be read", e.getCause());
        }
    }
}
