package dev.opencode4j.core.spi;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;

/** A text or reasoning part while it is being written. */
final class GrowingText implements Slot {

    private final String id;
    private final int index;
    private final StringBuilder text = new StringBuilder();
    private String messageId;
    private boolean reasoning;
    private boolean finished;

    GrowingText(Part first, int index) {
        this.id = first.id();
        this.index = index;
        this.messageId = first.messageId();
        this.reasoning = first instanceof ReasoningPart;
    }

    /** Whether it has this id. */
    boolean is(String partId) {
        return id.equals(partId);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    static boolean isText(Part part) {
        return part instanceof TextPart || part instanceof ReasoningPart;
    }

    static String textOf(Part part) {
        return part instanceof TextPart plain ? plain.text() : ((ReasoningPart) part).text();
    }

    int length() {
        return text.length();
    }

    /** Whether its text is the final one. */
    boolean isFinished() {
        return finished;
    }

    void append(String delta) {
        text.append(delta);
    }

    /** What {@code whole} has beyond the text so far, if it only adds to it; else empty. */
    String missingFrom(String whole) {
        int length = text.length();
        boolean extendsText =
                whole.length() > length && whole.substring(0, length).contentEquals(text);
        return extendsText ? whole.substring(length) : "";
    }

    /** Takes the agent's own final text, type and message; false if nothing is new. */
    boolean finish(Part whole) {
        Part before = snapshot();
        boolean wasFinished = finished;
        finished = true;
        reasoning = whole instanceof ReasoningPart;
        if (!whole.messageId().isEmpty()) messageId = whole.messageId();
        text.setLength(0);
        text.append(textOf(whole));
        return !wasFinished || !before.equals(snapshot());
    }

    AgentEvent delta(String added) {
        return reasoning ? new ReasoningDelta(id, index, added) : new TextDelta(id, index, added);
    }

    /** The part as it was before any text: what {@code PartAdded} tells. */
    Part bare() {
        return part("");
    }

    @Override
    public Part snapshot() {
        return part(text.toString());
    }

    private Part part(String content) {
        return reasoning
                ? new ReasoningPart(id, messageId, index, content)
                : new TextPart(id, messageId, index, content);
    }
}
