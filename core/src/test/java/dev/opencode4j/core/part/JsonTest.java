package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {

    @Test
    void theTextIsKeptAsItCame() {
        assertThat(Json.parse("{ \"a\" : 1.50 }").text()).isEqualTo("{ \"a\" : 1.50 }");
    }

    @Test
    void valuesAreEqualHoweverTheyAreWritten() {
        assertThat(Json.parse("{ \"a\" : 1, \"b\":2 }"))
                .isEqualTo(Json.parse("{\"b\":2,\"a\":1}"))
                .hasSameHashCodeAs(Json.parse("{\"b\":2,\"a\":1}"))
                .isNotEqualTo(Json.parse("{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "<html>", "{\"a\":}", "1e9999999", "[01]", "\"\u0007\""})
    void whatIsNotOneValueIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text)).withMessageStartingWith("text: ");
    }

    @Test
    void aTreeIsTheCallersOwn() {
        Json json = Json.parse("{\"a\":1}");
        ((ObjectNode) json.node()).put("a", 2);
        assertThat(json.node().get("a").intValue()).isEqualTo(1);
    }

    @Test
    void aRecordIsWrittenWithoutItsNulls() {
        assertThat(Json.of(new Todo("Plan", "pending", null, null)).text())
                .isEqualTo("{\"content\":\"Plan\",\"status\":\"pending\"}");
        assertThat(Json.of(Map.of("a", 1)).as(Object.class)).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aMisfitNamesTheType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.parse("[]").as(Todo.class))
                .withMessageContaining(Todo.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"\"", "null", " {} "})
    void someValuesSayNothing(String text) {
        assertThat(Json.parse(text).isEmpty()).isTrue();
        assertThat(Json.parse("[0]").isEmpty()).isFalse();
    }

    /** What is kept can be looked at: nothing is left that a parser refuses later. */
    @Test
    void whatIsBeyondTheBoundsIsRefusedWhenItIsMade() {
        String deepest = "[".repeat(500) + "]".repeat(500);
        assertThat(Json.parse(deepest)).hasSameHashCodeAs(Json.parse(deepest));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse('[' + deepest + ']'));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("9".repeat(1001)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(new BigDecimal("1e9999999")))
                .withMessageStartingWith("value: ");
    }
}
