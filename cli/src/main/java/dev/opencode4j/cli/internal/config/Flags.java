package dev.opencode4j.cli.internal.config;

import dev.opencode4j.cli.internal.process.Captured;
import dev.opencode4j.cli.internal.process.Command;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The flags that this version of {@code opencode run} knows. Asked of it once, and only when a turn needs to know. */
public final class Flags {

    private static final Pattern FLAG = Pattern.compile("(?m)^\\s*(?:-\\w, )?(--[a-z][\\w-]*)");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Allows what is not denied: 1.18 and 1.15; 1.2 has none. */
    private static final List<String> ALLOWING = List.of("--auto", "--dangerously-skip-permissions");

    private final CliSettings settings;
    private @Nullable Set<String> known;

    /** The flags of the program of these settings. */
    public Flags(CliSettings settings) {
        this.settings = settings;
    }

    /** The flag that allows what is not denied, or null if there is none. */
    public @Nullable String allowing() throws InterruptedException {
        Set<String> flags = known();
        return ALLOWING.stream().filter(flags::contains).findFirst().orElse(null);
    }

    /**
     * Returns if there is this flag.
     *
     * @throws UnsupportedFeatureException if there is not
     */
    public void require(String flag) throws InterruptedException {
        if (!known().contains(flag)) {
            throw new UnsupportedFeatureException("'opencode run' of this version has no " + flag, null, null);
        }
    }

    private synchronized Set<String> known() throws InterruptedException {
        Set<String> flags = known;
        if (flags == null) {
            Captured help = Captured.run(command("run", "--help"), LIMIT, settings.instrumentation());
            String text = help.output() + '\n' + help.errors();
            flags = of(text);
            if (help.exitCode() == 0) known = flags;
        }
        return flags;
    }

    /** What the program says is its version. */
    public String version() throws InterruptedException {
        Captured version = Captured.run(command("--version"), LIMIT, settings.instrumentation());
        return version.output().strip();
    }

    private Command command(String... arguments) {
        List<String> line = new ArrayList<>(List.of(settings.binary().toString()));
        line.addAll(List.of(arguments));
        return Command.of(line, settings.environment(RunConfig.ofReading(settings)), settings.directory());
    }

    /** The flags that a help text lists. */
    static Set<String> of(String help) {
        Collection<String> flags =
                FLAG.matcher(help).results().map(match -> match.group(1)).toList();
        return new LinkedHashSet<>(flags);
    }
}
