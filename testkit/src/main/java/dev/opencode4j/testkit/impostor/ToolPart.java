package dev.opencode4j.testkit.impostor;

import tools.jackson.databind.node.ObjectNode;

/** A tool part on its way from pending to its end; every change is stored and told. */
final class ToolPart {

    private final Turn turn;
    private final ObjectNode part;
    private ObjectNode input = Json.object();
    private long started;

    ToolPart(Turn turn, ObjectNode part, String tool, String callId) {
        this.turn = turn;
        this.part = part;
        part.put("type", "tool").put("tool", tool).put("callID", callId);
        ObjectNode state = part.putObject("state").put("status", "pending");
        state.putObject("input");
        state.put("raw", "");
        turn.changed(part);
    }

    /** Where a permission or a question of this call comes from. */
    ObjectNode address() {
        return Json.object()
                .put("messageID", part.path("messageID").asString())
                .put("callID", part.path("callID").asString());
    }

    void running(ObjectNode completeInput) {
        input = completeInput;
        started = System.currentTimeMillis();
        changed(state("running"));
    }

    void progress(String title, ObjectNode metadata) {
        ObjectNode state = state("running");
        if (!title.isEmpty()) {
            state.put("title", title);
        }
        state.set("metadata", metadata);
        changed(state);
    }

    void completed(String title, String output, ObjectNode metadata) {
        ObjectNode state = state("completed").put("output", output).put("title", title);
        state.set("metadata", metadata.put("truncated", false));
        ended(state);
    }

    void failed(String error) {
        ended(state("error").put("error", error));
    }

    void aborted() {
        ObjectNode state = state("error").put("error", "Tool execution aborted");
        state.putObject("metadata").put("interrupted", true);
        ended(state);
    }

    private ObjectNode state(String status) {
        ObjectNode state = Json.object().put("status", status);
        state.set("input", input);
        state.putObject("time").put("start", started);
        return state;
    }

    private void ended(ObjectNode state) {
        ((ObjectNode) state.path("time")).put("end", System.currentTimeMillis());
        turn.toolEnded(this);
        changed(state);
    }

    private void changed(ObjectNode state) {
        part.set("state", state);
        turn.changed(part);
    }
}
