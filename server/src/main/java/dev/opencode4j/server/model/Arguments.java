package dev.opencode4j.server.model;

import org.jspecify.annotations.Nullable;

/** Refuses what would only fail at the server. */
final class Arguments {

    private Arguments() {}

    static void blankIsWrong(@Nullable String value, String argument) {
        if (value != null && value.isBlank()) throw new IllegalArgumentException(argument + ": must not be blank");
    }
}
