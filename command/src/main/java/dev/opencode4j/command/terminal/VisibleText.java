package dev.opencode4j.command.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Other people's text with all of its characters visible, for somebody who has to decide about it: nothing is cut, and
 * what a terminal would obey or not show is written as {@code <U+001B>}, with a tab as {@code ⇥}.
 */
public final class VisibleText {

    private static final String LINE = "  │ ";
    private static final String WRAPPED = "  ┊ ";
    private static final int NARROWEST = 20;

    /** Letters and signs that look like nothing, beside those whose category says so. */
    private static final String BLANKS = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

    private VisibleText() {}

    /** The text on one line. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> line.append(visible(point)));
        return line.toString();
    }

    /**
     * The text as indented lines, each behind a bar, so that no line can pass for one of the program's own. A line that
     * is wider than {@code columns} goes on behind a broken bar.
     */
    public static String block(String text, int columns) {
        StringBuilder block = new StringBuilder();
        int width = Math.max(NARROWEST, columns) - LINE.length() - 1;
        for (String line : text.split("\n", -1)) {
            String bar = LINE;
            for (String piece : wrapped(line, width)) {
                block.append(bar).append(piece).append('\n');
                bar = WRAPPED;
            }
        }
        return block.toString();
    }

    private static List<String> wrapped(String line, int width) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int used = 0;
        for (int point : line.codePoints().toArray()) {
            String shown = visible(point);
            int cells = cells(shown);
            if (used + cells > width) {
                pieces.add(piece.toString());
                piece.setLength(0);
                used = 0;
            }
            piece.append(shown);
            used += cells;
        }
        pieces.add(piece.toString());
        return pieces;
    }

    /** At least the place that it takes: whatever may be wide counts as wide. */
    private static int cells(String shown) {
        return shown.codePoints().map(point -> point < 0x1100 ? 1 : 2).sum();
    }

    private static String visible(int point) {
        if (point == '\t') return "⇥";
        return isInvisible(point) ? String.format("<U+%04X>", point) : Character.toString(point);
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> BLANKS.indexOf(point) >= 0 || isVariationSelector(point);
        };
    }

    private static boolean isVariationSelector(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    }
}
