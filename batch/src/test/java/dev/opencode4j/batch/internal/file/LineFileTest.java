package dev.opencode4j.batch.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineFileTest {

    private Path path;

    @BeforeEach
    @BeforeTry
    void create() throws IOException {
        path = Files.createTempFile("lines", ".jsonl");
    }

    @AfterEach
    @AfterTry
    void delete() throws IOException {
        Files.delete(path);
    }

    private List<String> read() throws IOException {
        List<String> values = new ArrayList<>();
        try (LineFile file = LineFile.open(path)) {
            file.read(
                    LineFile.LastLine.COUNTS, node -> values.add(node.path("v").asString()));
        }
        return values;
    }

    private void append(List<String> values) throws IOException {
        try (LineFile file = LineFile.open(path)) {
            file.read(LineFile.LastLine.COUNTS, node -> {});
            for (String value : values) file.append(Map.of("v", value));
        }
    }

    @Property(tries = 50)
    void whereverItIsCutTheWholeLinesAreKeptAndMoreCanFollow(
            @ForAll @Size(max = 4) List<@StringLength(max = 4) String> values,
            @ForAll @Size(max = 2) List<@StringLength(max = 2) String> more)
            throws IOException {
        append(values);
        byte[] whole = Files.readAllBytes(path);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(path, Arrays.copyOf(whole, cut));
            List<String> kept = read();
            assertThat(kept).isEqualTo(values.subList(0, kept.size()));
            boolean endsALine = cut == 0 || whole[cut - 1] == '\n' || (cut < whole.length && whole[cut] == '\n');
            long ends = new String(whole, 0, cut, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            boolean lineWithoutEnd = endsALine && cut > 0 && whole[cut - 1] != '\n';
            assertThat(kept).hasSize((int) ends + (lineWithoutEnd ? 1 : 0));
            append(more);
            List<String> expected = new ArrayList<>(kept);
            expected.addAll(more);
            assertThat(read()).isEqualTo(expected);
        }
    }

    @Test
    void aLineInTheMiddleThatIsNoneIsNotOverlooked() throws IOException {
        String text = "{\"v\":\"1\"}\n{\"v\":\n{\"v\":\"3\"}\n";
        Files.writeString(path, text);
        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("line 2");
        assertThat(path).hasContent(text);
    }

    @Test
    void aLastLineWithoutItsEndIsCutOffWhereItAnnouncesWhatWasNotDone() throws IOException {
        Files.writeString(path, "{\"v\":\"1\"}\n{\"v\":\"2\"}");
        try (LineFile file = LineFile.open(path)) {
            file.read(LineFile.LastLine.IS_CUT_OFF, node -> {});
        }
        assertThat(path).hasContent("{\"v\":\"1\"}\n");
    }

    @Test
    void anInterruptedThreadWritesOn() throws IOException {
        try (LineFile file = LineFile.open(path)) {
            Thread.currentThread().interrupt();
            file.append(Map.of("v", "1"));
            assertThat(Thread.interrupted()).isTrue();
            file.append(Map.of("v", "2"));
        }
        assertThat(read()).containsExactly("1", "2");
    }
}
