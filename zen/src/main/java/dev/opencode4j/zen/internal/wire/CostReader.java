package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.json.read.JsonReader;
import dev.opencode4j.core.json.syntax.JsonNumbers;
import java.math.BigDecimal;

/** Reads an amount of money: a number, or as some providers send it the text of one. */
final class CostReader {

    private CostReader() {}

    /** The amount at hand; zero, and past the value, if it is none. */
    static BigDecimal read(JsonReader json) {
        if (!json.isAtHand('"')) return json.decimal();
        return JsonNumbers.find(json.textOrEmpty().strip()).orElse(BigDecimal.ZERO);
    }
}
