package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a stored message as they are before anything is said of them, to be given their places in a reply.
 *
 * <p>A text that is being written is stored empty, and whole only when the answer is: by then a tool call that comes
 * after it may long be known (1.18.33).
 */
final class StoredOrder {

    private StoredOrder() {}

    /**
     * The parts that have a place, in order.
     *
     * @param grows whether an empty text may yet be filled; then it has a place if something comes after it
     */
    static List<Part> of(List<Part> stored, boolean grows) {
        List<Part> placed = new ArrayList<>(stored.size());
        int lastSaid = 0;
        for (Part part : stored) {
            boolean says = !isBlankText(part);
            if (says || grows) placed.add(withoutText(part));
            if (says) lastSaid = placed.size();
        }
        return placed.subList(0, lastSaid);
    }

    private static boolean isBlankText(Part part) {
        return (part instanceof TextPart text && text.text().isBlank())
                || (part instanceof ReasoningPart thought && thought.text().isBlank());
    }

    private static Part withoutText(Part part) {
        if (part instanceof TextPart) return new TextPart(part.id(), part.messageId(), part.index(), "");
        if (part instanceof ReasoningPart) return new ReasoningPart(part.id(), part.messageId(), part.index(), "");
        return part;
    }
}
