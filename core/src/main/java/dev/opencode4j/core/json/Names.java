package dev.opencode4j.core.json;

import java.util.Locale;

/** Names of Java's as JSON has them. */
public final class Names {

    private Names() {}

    /** {@code TextDelta} as {@code text_delta}. */
    public static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
