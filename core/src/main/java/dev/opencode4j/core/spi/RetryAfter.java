package dev.opencode4j.core.spi;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Reads a {@code Retry-After} header, which holds seconds or a date. */
public final class RetryAfter {

    /** How long to wait when the other side does not say. */
    private static final long USUAL_SECONDS = 60;

    private RetryAfter() {}

    /** When to try again; a minute from now if {@code header} is blank or can't be read. */
    public static Instant resetAt(String header) {
        String value = header.strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Instant.now().plusSeconds(Long.parseLong(value));
            }
            if (!value.isEmpty()) {
                return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            }
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            // Neither form: as if nothing had been said.
        }
        return Instant.now().plusSeconds(USUAL_SECONDS);
    }
}
