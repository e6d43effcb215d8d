package dev.opencode4j.cli.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that OpenCode loads for one run, and that says on its standard output what a server would say on its event
 * stream. The run itself tells of whole parts only, and 1.15.13 loses the last of them, now and then all.
 */
final class Tap {

    private static final byte[] SOURCE = source();

    private Tap() {}

    private static byte[] source() {
        try (InputStream source = Objects.requireNonNull(Tap.class.getResourceAsStream("tap.js"))) {
            return source.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it into a file, whose URL OpenCode is given. */
    static URI write(Path file) throws IOException {
        return Files.write(file, SOURCE).toUri();
    }

    /** What it has to know. */
    static Map<String, String> environment(String prompt, @Nullable String agent) {
        String length = Integer.toString(prompt.length());
        return agent == null
                ? Map.of("OPENCODE4J_PROMPT_LENGTH", length)
                : Map.of("OPENCODE4J_PROMPT_LENGTH", length, "OPENCODE4J_AGENT", agent);
    }
}
