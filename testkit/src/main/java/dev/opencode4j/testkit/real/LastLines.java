package dev.opencode4j.testkit.real;

import java.util.List;

/** The end of a log, for quoting. */
final class LastLines {

    private LastLines() {}

    static String of(String text, int count) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
