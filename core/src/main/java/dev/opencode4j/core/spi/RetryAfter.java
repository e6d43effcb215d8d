package dev.opencode4j.core.spi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a {@code Retry-After} header, which holds seconds or a date. */
public final class RetryAfter {

    /** How long to wait when the other side does not say. */
    private static final long USUAL_SECONDS = 60;

    /** Nobody means more, and it could not be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    private RetryAfter() {}

    /** When to try again; a minute from now if {@code header} is blank or can't be read. */
    public static Instant resetAt(String header) {
        return find(header).orElseGet(() -> Instant.now().plusSeconds(USUAL_SECONDS));
    }

    /**
     * When to try again, by a header of seconds, whole or not, or a date; empty if it is blank or neither, or says more
     * than 100 years.
     */
    public static Optional<Instant> find(String header) {
        return read(header).filter(moment -> moment.isBefore(Instant.now().plus(LONGEST)));
    }

    private static Optional<Instant> read(String header) {
        String value = header.strip();
        if (value.isEmpty()) return Optional.empty();
        try {
            return Optional.of(
                    SECONDS.matcher(value).matches()
                            ? Instant.now().plus(seconds(value))
                            : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty(); // Neither form: as if nothing had been said.
        }
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis(new BigDecimal(value)
                .movePointRight(3)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }
}
