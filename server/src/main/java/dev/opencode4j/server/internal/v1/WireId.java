package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.argument.Arguments;
import java.util.regex.Pattern;

/** Checks ids before they are sent: the server answers one of the wrong form with 500 (1.15.13, 1.18.33). */
public final class WireId {

    private static final Pattern REST = Pattern.compile("[A-Za-z0-9_-]+");

    private WireId() {}

    /** A session's id, or an {@link IllegalArgumentException} that names {@code argument}. */
    public static String session(String id, String argument) {
        return check(id, "ses", argument);
    }

    /** A session's id, or an {@link IllegalArgumentException} that names {@code sessionId}. */
    public static String session(String id) {
        return session(id, "sessionId");
    }

    /** A message's id, or an {@link IllegalArgumentException} that names {@code messageId}. */
    public static String message(String id) {
        return check(id, "msg", "messageId");
    }

    /** A permission request's id, or an {@link IllegalArgumentException} that names {@code requestId}. */
    public static String permission(String id) {
        return check(id, "per", "requestId");
    }

    /** A question's id, or an {@link IllegalArgumentException} that names {@code requestId}. */
    public static String question(String id) {
        return check(id, "que", "requestId");
    }

    private static String check(String id, String prefix, String argument) {
        Arguments.text(id, argument);
        if (!id.startsWith(prefix) || !REST.matcher(id).matches()) {
            throw new IllegalArgumentException(argument + ": must start with '" + prefix
                    + "' and hold letters, digits, '_' and '-' only; was '" + id + "'");
        }
        return id;
    }
}
