package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.json.read.JsonReader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.exc.StreamReadException;

/** Reads the pieces of tool calls in a chunk. Makes no tree of them, which would be many times as large. */
final class ToolCallReader {

    private static final int MOST = 10_000;
    private static final int LONGEST_INDEX = 9;

    private ToolCallReader() {}

    /**
     * The pieces in the array at hand; none, and past the value, if it is no array.
     *
     * @throws StreamReadException if there are more than anybody sends
     */
    static List<ToolFragment> read(JsonReader json) {
        if (!json.enterArray()) return List.of();
        List<ToolFragment> pieces = new ArrayList<>(1);
        for (int position = 0; json.nextElement(); position++) {
            if (position == MOST) throw new StreamReadException(null, "more than " + MOST + " tool calls in a chunk");
            if (json.enterObject()) pieces.add(piece(json, position));
        }
        return pieces;
    }

    private static ToolFragment piece(JsonReader json, int position) {
        ToolFragment piece = new ToolFragment(position, "", "", "");
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "index" -> piece = piece.withIndex(index(json.textOrEmpty(), position));
                case "id" -> piece = piece.withId(json.textOrEmpty());
                case "function" -> piece = function(json, piece);
            }
        }
        return piece;
    }

    private static int index(String text, int position) {
        boolean isIndex = !text.isEmpty()
                && text.length() <= LONGEST_INDEX
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isIndex ? Integer.parseInt(text) : position;
    }

    private static ToolFragment function(JsonReader json, ToolFragment piece) {
        if (!json.enterObject()) return piece;
        String tool = "";
        String arguments = "";
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "name" -> tool = json.textOrEmpty();
                case "arguments" -> arguments = json.isObject() ? json.raw().text() : json.textOrEmpty();
            }
        }
        return piece.withFunction(tool, arguments);
    }
}
