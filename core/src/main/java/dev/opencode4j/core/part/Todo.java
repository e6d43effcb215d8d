package dev.opencode4j.core.part;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list that an agent keeps of its own work.
 *
 * @param content what is to be done
 * @param status {@code pending}, {@code in_progress}, {@code completed} or {@code cancelled}, and whatever comes
 *     later; always in lower case with underscores
 * @param priority {@code high}, {@code medium}, {@code low}, or null when not told
 * @param id the agent's id for the line, or null when not told
 */
public record Todo(
        String content,
        String status,
        @Nullable String priority,
        @Nullable String id) {

    /** Brings {@code status} to its one spelling: some models write {@code In-Progress}. */
    public Todo {
        status = status.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
