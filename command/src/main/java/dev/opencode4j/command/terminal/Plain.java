package dev.opencode4j.command.terminal;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Other people's text without what a terminal would obey. */
public final class Plain {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

    private Plain() {}

    /** The text with its lines and tabs, and a mark for every other control character. */
    public static String text(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    /** The text as a single line of at most {@code width} characters. */
    public static String line(String text, int width) {
        String line = SPACE.matcher(text).replaceAll(" ").strip();
        int[] points = line.codePoints().limit(width + 1L).toArray();
        if (points.length <= width) return line;
        return new String(Arrays.copyOf(points, width - 1), 0, width - 1).stripTrailing() + '…';
    }
}
