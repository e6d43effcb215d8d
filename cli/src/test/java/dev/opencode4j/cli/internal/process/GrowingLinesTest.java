package dev.opencode4j.cli.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.ProtocolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingLinesTest {

    @TempDir
    Path folder;

    @RepeatedTest(20)
    void linesComeWholeHoweverTheFileGrows() throws IOException {
        Random random = new Random();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) lines.add(i + "é🎈".repeat(random.nextInt(i % 10 == 9 ? 40_000 : 20)));
        byte[] bytes = String.join("\n", lines).getBytes(UTF_8);
        Path file = Files.createFile(folder.resolve("file"));
        List<String> seen = new ArrayList<>();
        try (GrowingLines growing = GrowingLines.open(file)) {
            int at = 0;
            while (at < bytes.length) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(100_000));
                byte[] piece = new byte[length];
                System.arraycopy(bytes, at, piece, 0, length);
                Files.write(file, piece, StandardOpenOption.APPEND);
                at += length;
                growing.read(line -> seen.add(new String(line, UTF_8)));
                assertThat(seen).isEqualTo(lines.subList(0, seen.size()));
            }
            growing.finish(line -> seen.add(new String(line, UTF_8)));
        }
        assertThat(seen).isEqualTo(lines);
    }

    @Test
    void emptyLinesAreNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "\n\na\n\n");
        List<String> seen = new ArrayList<>();
        try (GrowingLines growing = GrowingLines.open(file)) {
            growing.finish(line -> seen.add(new String(line, UTF_8)));
        }
        assertThat(seen).containsExactly("a");
    }

    @Test
    void aLineWithoutEndIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "short\n" + "x".repeat(1001));
        List<String> seen = new ArrayList<>();
        try (GrowingLines growing = GrowingLines.open(file, 1000)) {
            assertThatThrownBy(() -> growing.read(line -> seen.add(new String(line, UTF_8))))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("more than 1000 bytes");
        }
        assertThat(seen).containsExactly("short");
    }
}
