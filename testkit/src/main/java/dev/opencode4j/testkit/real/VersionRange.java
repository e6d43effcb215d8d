package dev.opencode4j.testkit.real;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions of OpenCode from one on, up to another. A fact that was seen on some versions is kept as a range, so that it
 * says something of the next version too.
 *
 * @param since the first line that is in it, such as {@code 1.15}; empty for no limit
 * @param before the first line that is not in it any more, such as {@code 1.18}; empty for no limit
 */
public record VersionRange(String since, String before) {

    private static final Pattern FORM = Pattern.compile("(?:since ([\\d.]+))? ?(?:before ([\\d.]+))?");

    /**
     * Reads a range.
     *
     * @param text {@code since 1.15}, {@code before 1.18}, or both in this order
     * @throws IllegalArgumentException if it has another form
     */
    public static VersionRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.isBlank() || !form.matches()) {
            throw new IllegalArgumentException(
                    "text: must be a range such as 'since 1.15', 'before 1.18' or 'since 1.15 before 1.18', was '"
                            + text + "'");
        }
        return new VersionRange(orEmpty(form.group(1)), orEmpty(form.group(2)));
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }

    /** Whether a version is in it. */
    public boolean includes(OpenCodeVersion version) {
        return (since.isEmpty() || version.isSince(since)) && (before.isEmpty() || version.isBefore(before));
    }
}
