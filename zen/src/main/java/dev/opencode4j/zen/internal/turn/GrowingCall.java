package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.zen.internal.wire.ToolCall;
import dev.opencode4j.zen.internal.wire.ToolFragment;

/** A tool call while its pieces come. */
final class GrowingCall {

    private final String partId;
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";

    GrowingCall(String partId) {
        this.partId = partId;
    }

    /** How many characters of a piece are kept. */
    int lengthOf(ToolFragment piece) {
        return piece.arguments().length()
                + (id.isEmpty() ? piece.id().length() : 0)
                + (name.isEmpty() ? piece.name().length() : 0);
    }

    void add(ToolFragment piece) {
        if (id.isEmpty()) id = piece.id();
        if (name.isEmpty()) name = piece.name();
        arguments.append(piece.arguments());
    }

    /** Whether a piece begins another call: some servers count all calls as the first. */
    boolean isAnother(ToolFragment piece) {
        return !id.isEmpty() && !piece.id().isEmpty() && !piece.id().equals(id);
    }

    String partId() {
        return partId;
    }

    /** The call as it is; one that the other side gave no id gets one, for its result has to name it. */
    ToolCall call() {
        return new ToolCall(id.isEmpty() ? partId : id, name, arguments.toString());
    }
}
