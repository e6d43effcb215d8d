package dev.opencode4j.core.interaction;

import dev.opencode4j.core.argument.Arguments;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Matches permission requests by the whole command that will run, for {@link PermissionPolicy#allowing}. It fails
 * closed: a request that is not about a command, or whose command is not known, never matches.
 *
 * <p>Immutable; thread-safe if its predicate is.
 */
public final class CommandMatcher implements Predicate<PermissionRequest> {

    /**
     * A command without anything that any shell (POSIX, PowerShell, cmd) takes for more than a character: no
     * separators, pipes, redirects, substitutions, quotes, escapes, patterns, comments, line ends or control characters,
     * nothing but ASCII, and no assignment before the program, which may change what the program is.
     */
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./:,@+-]++(?: [A-Za-z0-9_./:,=@+ -]*+)?");

    private final Predicate<String> test;

    private CommandMatcher(Predicate<String> test) {
        this.test = test;
    }

    /** Matches these commands, character by character. Shell syntax in them is allowed: it is what the caller wrote. */
    public static CommandMatcher exactly(String... commands) {
        Set<String> texts = Set.copyOf(List.of(commands));
        texts.forEach(command -> Arguments.text(command, "commands"));
        return new CommandMatcher(texts::contains);
    }

    /**
     * Matches a single plain command, one program and its arguments, that satisfies {@code test}, such as {@code command
     * -> command.startsWith("git log ")}. A command with any shell syntax ({@code ;}, {@code &&}, {@code |}, {@code $()},
     * backticks, redirects, quotes, wildcards, line ends and the like) does not match, and the test does not see it. Mind
     * that many programs have arguments that write files or run others, such as {@code --output}.
     */
    public static CommandMatcher simple(Predicate<String> test) {
        return new CommandMatcher(
                ((Predicate<String>) command -> SIMPLE.matcher(command).matches()).and(test));
    }

    @Override
    public boolean test(PermissionRequest request) {
        return request.command().filter(test).isPresent();
    }
}
