package dev.opencode4j.command.run;

import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A line for each tool call, such as {@code ⚙ bash  echo hi … done}. Not thread-safe. */
final class ToolLines {

    private static final int WIDTH = 70;

    /** The arguments that say best what a call does. */
    private static final List<String> TELLING =
            List.of("command", "filePath", "path", "pattern", "url", "query", "description", "name");

    private final Screen screen;
    private final Detail detail;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> over = new HashSet<>();

    ToolLines(Screen screen, Detail detail) {
        this.screen = screen;
        this.detail = detail;
    }

    void show(ToolPart tool) {
        if (tool.status().isTerminal()) {
            if (over.add(tool.id())) screen.finish(tool.id(), line(tool), end(tool));
        } else if (detail != Detail.QUIET && tool.status().equals(ToolStatus.RUNNING) && begun.add(tool.id())) {
            screen.begin(tool.id(), line(tool));
        }
    }

    private String line(ToolPart tool) {
        String what = Plain.line(what(tool), WIDTH);
        return "⚙ " + Plain.line(tool.tool(), WIDTH) + (what.isEmpty() ? "" : "  " + what) + " …";
    }

    private String end(ToolPart tool) {
        if (tool.status().equals(ToolStatus.COMPLETED))
            return ' ' + screen.style().good("done");
        String error = tool.error() == null ? "" : ": " + Plain.line(tool.error(), WIDTH);
        return ' ' + screen.style().bad("failed" + error);
    }

    private static String what(ToolPart tool) {
        JsonNode input = tool.input().node();
        for (String name : TELLING) {
            String value = input.path(name).asString("");
            if (!value.isBlank()) return value;
        }
        return tool.title() == null ? "" : tool.title();
    }
}
