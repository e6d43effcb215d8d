package dev.opencode4j.core.spi;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.part.ToolPart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ties questions to the tool calls that wait for them, whichever of the two is heard of first. Each question is tied
 * once: some providers number the calls of every step anew, so a call id alone may mean two calls.
 */
final class QuestionLinks {

    private final Set<String> seen = new HashSet<>(2);
    private final Map<String, String> parked = new HashMap<>(2);

    void link(QuestionRequest request, ReplyBuilder reply, Consumer<? super AgentEvent> out) {
        String callId = request.callId();
        if (callId == null || callId.isEmpty() || !seen.add(request.id())) return;
        ToolPart waiting = reply.lastToolOfCall(callId);
        if (waiting == null || waiting.requestId() != null) {
            parked.put(callId, request.id());
        } else {
            reply.update(waiting.toBuilder().requestId(request.id()).build(), out);
        }
    }

    /** A call whose id has just become known, with the id of the question that came before it, if one did. */
    ToolPart linked(ToolPart tool) {
        if (tool.requestId() != null) {
            parked.remove(tool.callId(), tool.requestId());
            return tool;
        }
        String requestId = parked.remove(tool.callId());
        return requestId == null ? tool : tool.toBuilder().requestId(requestId).build();
    }
}
