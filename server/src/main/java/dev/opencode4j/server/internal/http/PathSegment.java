package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.argument.Arguments;
import java.nio.charset.StandardCharsets;

/** Escapes what goes between two slashes of a path. */
public final class PathSegment {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.";

    private PathSegment() {}

    /**
     * The segment with everything but letters, digits and {@code -_~.} escaped.
     *
     * @throws IllegalArgumentException naming {@code argument} if the value is blank, or {@code .} or {@code ..}:
     *     OpenCode 1.2.27 walks up the path for these even when they are escaped
     */
    public static String escape(String value, String argument) {
        Arguments.text(value, argument);
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(argument + ": must not be '" + value + "'");
        }
        StringBuilder escaped = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (PLAIN.indexOf(c) >= 0) escaped.append(c);
            else escaped.append(String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }
}
