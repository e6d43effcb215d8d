package dev.opencode4j.command;

import dev.opencode4j.command.agent.Installations;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Out;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.real.OpenCodeBinary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs commands in this JVM, on a machine without any OpenCode, and keeps what they print. */
public final class Console {

    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private Set<Standard> terminals = Set.of();

    /** What a command did. */
    public record Result(int code, String out, String err) {

        /** The lines of the output. */
        public List<String> lines() {
            return out.lines().toList();
        }

        /** The last line of the output. */
        public String last() {
            return lines().get(lines().size() - 1);
        }
    }

    /** A console whose commands use an impostor. */
    public static Console of(Impostor impostor) {
        return new Console().with("OPENCODE_BASE_URL", impostor.url().toString());
    }

    /** Sets a variable. */
    public Console with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Types this at the command, on a terminal if those are. */
    public Console typing(String text) {
        input = text;
        return this;
    }

    /** These streams are terminals. */
    public Console terminals(Standard... streams) {
        terminals = Set.of(streams);
        return this;
    }

    /** Runs a command. */
    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Caller caller =
                new Caller(environment, new AsItIsRead(input), Out.essential(out), Out.optional(err), terminals);
        int code = new Opencode4j(caller, new Nowhere()).execute(arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Each character is typed when it is read: nothing is there before it is asked for. */
    private static final class AsItIsRead extends ByteArrayInputStream {

        AsItIsRead(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int available() {
            return 0;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(1, length));
        }
    }

    private static final class Nowhere implements Installations {

        @Override
        public Optional<Path> own() {
            return Optional.empty();
        }

        @Override
        public Optional<OpenCodeBinary> cached() {
            return Optional.empty();
        }

        @Override
        public OpenCodeBinary install() {
            throw new AssertionError("nothing is installed in a test");
        }
    }
}
