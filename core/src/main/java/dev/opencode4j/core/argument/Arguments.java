package dev.opencode4j.core.argument;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bad arguments in one wording, which names the argument and says what is allowed. A null argument is a
 * {@link NullPointerException} with the argument's name, any other bad one an {@link IllegalArgumentException}.
 */
public final class Arguments {

    /** 100 years. Twice that does not overflow when it is counted in nanoseconds; much more would. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Arguments() {}

    /** The value, which must not be blank. */
    public static String text(String value, String argument) {
        Objects.requireNonNull(value, argument);
        if (value.isBlank()) throw new IllegalArgumentException(argument + ": must not be blank");
        return value;
    }

    /** The value, which must not be blank unless it is left out. */
    public static @Nullable String textIfAny(@Nullable String value, String argument) {
        return value == null ? null : text(value, argument);
    }

    /** The value, which must be positive and at most 100 years. */
    public static Duration positive(Duration value, String argument) {
        Objects.requireNonNull(value, argument);
        if (value.isNegative() || value.isZero()) throw notPositive(value, argument);
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(argument + ": must be at most 36500 days, was " + value);
        }
        return value;
    }

    /** The value, which must be positive. */
    public static int positive(int value, String argument) {
        if (value <= 0) throw notPositive(value, argument);
        return value;
    }

    private static IllegalArgumentException notPositive(Object value, String argument) {
        return new IllegalArgumentException(argument + ": must be positive, was " + value);
    }
}
