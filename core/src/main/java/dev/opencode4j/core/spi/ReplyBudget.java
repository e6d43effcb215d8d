package dev.opencode4j.core.spi;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.part.FilePart;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.UnknownPart;
import org.jspecify.annotations.Nullable;

/**
 * Counts the characters that a reply holds, and refuses what would be too many: a model or server that never stops must
 * not fill the heap. Not thread-safe.
 */
final class ReplyBudget {

    /** What an object costs beside its text: many empty parts must not fill the heap, either. */
    static final int PER_OBJECT = 256;

    private final int limit;
    private long used;

    ReplyBudget(int limit) {
        this.limit = limit;
    }

    /**
     * Counts characters that are about to be added; negative ones are those that go.
     *
     * @throws ProtocolException if the reply would have too many; none is counted then
     */
    void add(long characters) {
        if (characters > 0 && used + characters > limit) {
            throw ProtocolException.tooLarge(
                    "the reply has more than " + limit + " characters",
                    null,
                    "",
                    "Raise the session's reply limit if such replies are to be expected.");
        }
        used += characters;
    }

    /** Counts a part that is about to take the place of another one. */
    void replace(Part before, Part after) {
        add(sizeOf(after) - sizeOf(before));
    }

    /** What a part costs. */
    static long sizeOf(Part part) {
        long size = PER_OBJECT;
        if (part instanceof TextPart text) return size + text.text().length();
        if (part instanceof ReasoningPart reasoning)
            return size + reasoning.text().length();
        if (part instanceof FilePart file) return size + file.url().toString().length();
        if (part instanceof UnknownPart unknown)
            return size + unknown.raw().text().length();
        ToolPart tool = (ToolPart) part;
        return size
                + tool.input().text().length()
                + tool.metadata().text().length()
                + length(tool.title())
                + length(tool.output())
                + length(tool.error());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
