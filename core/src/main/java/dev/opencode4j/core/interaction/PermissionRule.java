package dev.opencode4j.core.interaction;

import dev.opencode4j.core.argument.Arguments;
import java.util.List;
import java.util.Objects;

/**
 * A rule that decides by itself, without asking. The <em>last</em> rule that matches wins.
 *
 * <p>OpenCode applies the rules that a session was created with; an update appends to them and replaces none, so send
 * a complete ordered policy once.
 *
 * <p>OpenCode compares a rule with each pattern of a request alone, and those of a command are its parts: of {@code git
 * log | cat > f} they are {@code git log} and {@code cat}, so two rules that allow these let it overwrite the file. To
 * allow whole commands, make the agent {@link #ask} and let a {@link PermissionPolicy} with a {@link CommandMatcher}
 * answer.
 *
 * @param permission the kind of thing, such as {@code bash}; {@code *} for all
 * @param pattern what a pattern of the request must be, with {@code *} for any text: a part of a command, a path
 * @param action {@code allow}, {@code deny} or {@code ask}
 */
public record PermissionRule(String permission, String pattern, String action) {

    /** Refuses blanks and actions that OpenCode does not know. */
    public PermissionRule {
        Arguments.text(permission, "permission");
        Arguments.text(pattern, "pattern");
        Objects.requireNonNull(action, "action");
        if (!List.of("allow", "deny", "ask").contains(action)) {
            throw new IllegalArgumentException("action: must be allow, deny or ask; was '" + action + "'");
        }
    }

    /** Lets the agent do it. */
    public static PermissionRule allow(String permission, String pattern) {
        return new PermissionRule(permission, pattern, "allow");
    }

    /** Keeps the agent from it. */
    public static PermissionRule deny(String permission, String pattern) {
        return new PermissionRule(permission, pattern, "deny");
    }

    /** Makes the agent ask. */
    public static PermissionRule ask(String permission, String pattern) {
        return new PermissionRule(permission, pattern, "ask");
    }
}
