package dev.opencode4j.core.spi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Reads a {@code Retry-After} header, which holds seconds or a date. */
public final class RetryAfter {

    /** Some send decimals. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    /** How long to wait when the other side does not say. */
    private static final long USUAL_SECONDS = 60;

    private RetryAfter() {}

    /** When to try again; a minute from now if {@code header} is blank or can't be read. */
    public static Instant resetAt(String header) {
        String value = header.strip();
        try {
            if (SECONDS.matcher(value).matches()) {
                // Rounded up: too early is refused again.
                long seconds =
                        new BigDecimal(value).setScale(0, RoundingMode.CEILING).longValueExact();
                return Instant.now().plusSeconds(seconds);
            }
            if (!value.isEmpty()) {
                return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Neither form: as if nothing had been said.
        }
        return Instant.now().plusSeconds(USUAL_SECONDS);
    }
}
