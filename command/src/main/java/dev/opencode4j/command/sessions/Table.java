package dev.opencode4j.command.sessions;

import dev.opencode4j.command.terminal.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows whose columns stand below each other. */
final class Table {

    private static final int WIDTH = 70;

    private final List<List<String>> rows = new ArrayList<>();

    private Table() {}

    static Table of(String... heads) {
        Table table = new Table();
        table.row(heads);
        return table;
    }

    void row(String... cells) {
        rows.add(Stream.of(cells).map(cell -> Plain.line(cell, WIDTH)).toList());
    }

    String text() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i));
                line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
