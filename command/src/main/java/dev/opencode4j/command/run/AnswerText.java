package dev.opencode4j.command.run;

import dev.opencode4j.core.part.TextPart;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer's text as it comes, part after part. Deltas may have been lost in a gap; the whole part makes up for them.
 * Not thread-safe.
 */
final class AnswerText {

    private final Screen screen;
    private final Map<String, StringBuilder> shown = new HashMap<>();
    private String current = "";

    AnswerText(Screen screen) {
        this.screen = screen;
    }

    void grow(String partId, String text) {
        enter(partId);
        shown.computeIfAbsent(partId, id -> new StringBuilder()).append(text);
        screen.answer(text);
    }

    /** Shows what was missed. Servers take blanks off the end: that is no reason to say it all again. */
    void settle(TextPart part) {
        String before = shown.getOrDefault(part.id(), new StringBuilder()).toString();
        String whole = part.text();
        if (whole.isBlank() || before.stripTrailing().equals(whole.stripTrailing())) return;
        if (whole.startsWith(before)) {
            grow(part.id(), whole.substring(before.length()));
            return;
        }
        screen.note(screen.style().warning("↻ some of the text was lost on the way; here is the whole"));
        current = "";
        shown.put(part.id(), new StringBuilder());
        grow(part.id(), whole);
    }

    private void enter(String partId) {
        if (!current.isEmpty() && !current.equals(partId)) {
            screen.endAnswerLine();
            screen.answer("\n");
        }
        current = partId;
    }
}
