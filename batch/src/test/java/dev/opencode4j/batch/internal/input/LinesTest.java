package dev.opencode4j.batch.internal.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.batch.BatchPrompt;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {

    private static List<Line> read(byte[] input) throws IOException {
        Lines lines = Lines.of(new ByteArrayInputStream(input));
        List<Line> all = new ArrayList<>();
        Line line;
        while ((line = lines.next()) != null) all.add(line);
        return all;
    }

    private static Line one(String line) throws IOException {
        List<Line> all = read(line.getBytes(StandardCharsets.UTF_8));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aLineMayHaveModelAgentAndSchemaAndWhateverElse() throws IOException {
        Line line = one("{\"id\":\"1\",\"prompt\":\"Hi\\n--help\",\"model\":\"a/b/c\",\"agent\":\"plan\","
                + "\"schema\":{\"type\":\"object\"},\"mine\":[1]}");
        assertThat(line)
                .isEqualTo(new Line.Good(new BatchPrompt(
                        "1", "Hi\n--help", new Model("a", "b/c", null), "plan", Json.parse("{\"type\":\"object\"}"))));
    }

    @Test
    void nullIsLeftOutAndSpaceDoesNotMatter() throws IOException {
        assertThat(one("\uFEFF {\"id\":\"1\", \"prompt\":\"😀\",\"model\":null,\"schema\":null}\r\n"))
                .isEqualTo(new Line.Good(BatchPrompt.of("1", "😀")));
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(read("\n\n{\"id\":\"1\",\"prompt\":\"a\"}\n  \r\n{\"id\":\"2\",\"prompt\":\"b\"}"
                        .getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Line.Good(BatchPrompt.of("1", "a")), new Line.Good(BatchPrompt.of("2", "b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"prompt\":\"a\"}; id: is missing",
                "{\"id\":\"1\"}; prompt: is missing",
                "{\"id\":\" \",\"prompt\":\"a\"}; id: must not be blank",
                "{\"id\":\"1\",\"prompt\":\"\"}; prompt: must not be blank",
                "{\"id\":1,\"prompt\":\"a\"}; id: must be a string",
                "{\"id\":\"1\",\"prompt\":[]}; prompt: must be a string",
                "{\"id\":\"1\",\"prompt\":\"a\",\"model\":\"gpt\"}; model: must be written provider/model",
                "{\"id\":\"1\",\"prompt\":\"a\",\"schema\":\"x\"}; schema: must be an object",
                "{\"id\":\"1\",\"prompt\":\"a\"} {}; no JSON",
                "{\"id\":\"1\",\"id\":\"2\",\"prompt\":\"a\"}; no JSON",
                "[1]; must be a JSON object",
                "{\"id\":\"1\"; no JSON"
            })
    void whatIsNoPromptSaysWhy(String text, String reason) throws IOException {
        assertThat(one(text)).isInstanceOfSatisfying(Line.Bad.class, bad -> {
            assertThat(bad.line().number()).isEqualTo(1);
            assertThat(bad.line().reason()).startsWith(reason);
        });
    }

    @Test
    void textThatIsNoUtf8IsNotGuessedAt() throws IOException {
        byte[] line = "{\"id\":\"1\",\"prompt\":\"Gr?\"}".getBytes(StandardCharsets.UTF_8);
        line[21] = (byte) 0xfc;
        assertThat(read(line)).singleElement().isInstanceOf(Line.Bad.class);
    }

    @Property(tries = 200)
    void whateverTheBytesEachLineIsReadOnceUnderItsNumber(@ForAll byte[] bytes) throws IOException {
        long lines = new String(bytes, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        long before = 0;
        for (Line line : read(bytes)) {
            assertThat(line).isInstanceOf(Line.Bad.class);
            long number = ((Line.Bad) line).line().number();
            assertThat(number).isGreaterThan(before).isLessThanOrEqualTo(lines);
            before = number;
        }
    }
}
