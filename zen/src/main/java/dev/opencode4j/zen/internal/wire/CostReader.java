package dev.opencode4j.zen.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.opencode4j.core.json.read.JsonReader;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;

/** Reads an amount of money: a number, or as some providers send it the text of one. */
final class CostReader {

    private CostReader() {}

    /** The amount at hand; zero, and past the value, if it is none. */
    static BigDecimal read(JsonReader json) {
        if (!json.isAtHand('"')) return json.decimal();
        byte[] text = json.textOrEmpty().strip().getBytes(UTF_8);
        try {
            return JsonReader.of(text, 0, text.length).decimal();
        } catch (JacksonException noNumber) {
            return BigDecimal.ZERO;
        }
    }
}
