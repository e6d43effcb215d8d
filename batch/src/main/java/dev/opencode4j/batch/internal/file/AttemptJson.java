package dev.opencode4j.batch.internal.file;

import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads attempts in the form in which the files have them. */
final class AttemptJson {

    private AttemptJson() {}

    static List<Attempt> readAll(JsonNode list) {
        return list.valueStream().map(AttemptJson::read).toList();
    }

    private static Attempt read(JsonNode from) {
        return new Attempt(
                Instant.parse(from.path("startedAt").asString()),
                seconds(from.path("duration").decimalValue(BigDecimal.ZERO)),
                usage(from.path("usage")),
                from.path("cost").decimalValue(BigDecimal.ZERO),
                from.path("error").stringValue(null));
    }

    private static Duration seconds(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    private static Usage usage(JsonNode from) {
        return new Usage(
                from.path("input").longValue(0),
                from.path("output").longValue(0),
                from.path("reasoning").longValue(0),
                from.path("cacheRead").longValue(0),
                from.path("cacheWrite").longValue(0));
    }
}
