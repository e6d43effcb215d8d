package dev.opencode4j.command.terminal;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who called the command: the streams, which of them are terminals, and the environment. Thread-safe. */
public final class Caller {

    /** The script says here which streams are terminals, as {@code 012}: Java 17 can't tell them apart. */
    private static final String TERMINALS = "opencode4j.terminals";

    private static final int USUAL_COLUMNS = 80;

    private final Map<String, String> environment;
    private final InputStream input;
    private final BufferedReader in;
    private final Out out;
    private final Out err;
    private final Set<Standard> terminals;

    /** A caller of these streams. */
    public Caller(Map<String, String> environment, InputStream in, Out out, Out err, Set<Standard> terminals) {
        this.environment = Map.copyOf(environment);
        this.input = in;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
        this.terminals = Set.copyOf(terminals);
    }

    /** The caller of this process. */
    public static Caller ofThisProcess() {
        String told = System.getProperty(TERMINALS, "");
        Set<Standard> terminals = EnumSet.noneOf(Standard.class);
        for (Standard stream : Standard.values()) {
            if (told.contains(Integer.toString(stream.descriptor()))) terminals.add(stream);
        }
        return new Caller(
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                Out.essential(new FileOutputStream(FileDescriptor.out)),
                Out.optional(new FileOutputStream(FileDescriptor.err)),
                terminals);
    }

    /** The environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** A variable of the environment; null if it is not set, or blank. */
    public @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** Where results go. */
    public Out out() {
        return out;
    }

    /** Where everything else goes. */
    public Out err() {
        return err;
    }

    /** Whether a stream is a terminal. */
    public boolean isTerminal(Standard stream) {
        return terminals.contains(stream);
    }

    /** Whether somebody is there to be asked: both the input and the error output are terminals. */
    public boolean canBeAsked() {
        return isTerminal(Standard.INPUT) && isTerminal(Standard.ERROR);
    }

    /** How wide a terminal is, as {@code COLUMNS} says; else 80. */
    public int columns() {
        String told = variable("COLUMNS");
        return told != null && told.matches("\\d{2,4}") ? Integer.parseInt(told) : USUAL_COLUMNS;
    }

    /** How a stream is coloured: not at all unless it is a terminal and {@code NO_COLOR} is not set. */
    public Style style(Standard stream) {
        boolean plain = variable("NO_COLOR") != null || "dumb".equals(variable("TERM"));
        return isTerminal(stream) && !plain ? Style.COLOURED : Style.PLAIN;
    }

    /** The input as bytes, for those who read nothing else of it. */
    public InputStream input() {
        return input;
    }

    /** Forgets what was typed before something is asked: it was meant for something else. Does not wait. */
    public void discardTyped() {
        try {
            while (in.ready() && in.read() >= 0) {}
        } catch (IOException e) {
            // Reading a line will tell.
        }
    }

    /** Waits for a line of the input; null at its end. */
    public @Nullable String readLine() {
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** Waits for the end of the input and returns all of it. */
    public String readAll() {
        StringBuilder all = new StringBuilder();
        char[] buffer = new char[8 * 1024];
        try {
            int read;
            while ((read = in.read(buffer)) >= 0) all.append(buffer, 0, read);
        } catch (IOException e) {
            throw new UncheckedIOException("standard input can't be read", e);
        }
        return all.toString();
    }
}
