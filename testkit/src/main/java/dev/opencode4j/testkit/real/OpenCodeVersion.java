package dev.opencode4j.testkit.real;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version of OpenCode as npm names it.
 *
 * @param number such as {@code 1.18.34}
 */
public record OpenCodeVersion(String number) implements Comparable<OpenCodeVersion> {

    // It becomes the name of a folder and an argument of npm. Stands before the constants that it checks.
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(-[\\w.]+)?");

    private static final List<OpenCodeVersion> CERTIFIED =
            List.of(new OpenCodeVersion("1.2.27"), new OpenCodeVersion("1.15.13"), new OpenCodeVersion("1.18.34"));

    /** Checks the form. */
    public OpenCodeVersion {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("number: must be a version such as 1.18.34, was " + number);
        }
    }

    /** The versions that this project is tested with, from old to new. */
    public static List<OpenCodeVersion> certified() {
        return CERTIFIED;
    }

    /** The newest certified version. */
    public static OpenCodeVersion latest() {
        return CERTIFIED.get(CERTIFIED.size() - 1);
    }

    /**
     * Whether this is the first version of a line or a later one: 1.15.13 is since 1.15. A pre-release counts as the
     * version that it precedes.
     *
     * @param line the leading numbers, such as {@code 1.15}
     * @throws IllegalArgumentException if it has another form
     */
    public boolean isSince(String line) {
        return Arrays.compare(numbers(number), numbers(line)) >= 0;
    }

    /** Whether this is older than the first version of a line; see {@link #isSince}. */
    public boolean isBefore(String line) {
        return !isSince(line);
    }

    /** From old to new; a pre-release stands before its release. */
    @Override
    public int compareTo(OpenCodeVersion other) {
        return Comparator.comparing((OpenCodeVersion version) -> numbers(version.number), Arrays::compare)
                .thenComparing(version -> !version.number.contains("-"))
                .thenComparing(OpenCodeVersion::number)
                .compare(this, other);
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.replaceFirst("-.*", "").split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** The number alone. */
    @Override
    public String toString() {
        return number;
    }
}
