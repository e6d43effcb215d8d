package dev.opencode4j.core.spi;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.ToolPart;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Ties questions to the tool calls that wait for them, whichever of the two is heard of first. */
final class QuestionLinks {

    private final Map<String, String> requestIdsByCall = new HashMap<>(2);

    void link(QuestionRequest request, ReplyBuilder reply, Consumer<? super AgentEvent> out) {
        String callId = request.callId();
        if (callId == null || callId.isEmpty()) return;
        requestIdsByCall.put(callId, request.id());
        ToolPart waiting = reply.toolOfCall(callId);
        if (waiting != null) reply.update(waiting.index(), linked(waiting), out);
    }

    /** The call with the id of its question, if it has one. */
    ToolPart linked(ToolPart tool) {
        String requestId = requestIdsByCall.get(tool.callId());
        return requestId == null ? tool : tool.toBuilder().requestId(requestId).build();
    }
}
