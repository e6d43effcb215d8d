package dev.opencode4j.command.exit;

import dev.opencode4j.command.terminal.Plain;

/** How an error is told to a person. */
public final class Complaint {

    private Complaint() {}

    /** What went wrong, and its class unless it is only an argument that is wrong. */
    public static String of(Throwable error) {
        String message = Plain.text(String.valueOf(error.getMessage()));
        if (error instanceof IllegalArgumentException) return "✗ " + message;
        return "✗ " + error.getClass().getSimpleName() + ": " + message;
    }
}
