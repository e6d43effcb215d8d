package dev.opencode4j.core.work;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.reply.Rejections;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out from a turn's events what was rejected in it. Not thread-safe. */
final class RejectionRecorder {

    private final Map<String, Record> asked = new HashMap<>(2);
    private final List<Record> rejected = new ArrayList<>(0);

    void record(AgentEvent event) {
        if (event instanceof PermissionAsked e) {
            asked.put(e.request().id(), e.request());
        } else if (event instanceof QuestionAsked e) {
            asked.put(e.request().id(), e.request());
        } else if (event instanceof PermissionReplied e) {
            answered(e.requestId(), e.reply().decision().equals(PermissionReply.REJECT.decision()));
        } else if (event instanceof QuestionAnswered e) {
            answered(e.requestId(), false);
        } else if (event instanceof QuestionRejected e) {
            answered(e.requestId(), true);
        }
    }

    private void answered(String requestId, boolean isRejection) {
        Record request = asked.remove(requestId);
        if (request != null && isRejection) rejected.add(request);
    }

    Rejections rejections() {
        return rejected.isEmpty()
                ? Rejections.NONE
                : new Rejections(only(PermissionRequest.class), only(QuestionRequest.class));
    }

    private <T> List<T> only(Class<T> type) {
        return rejected.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /**
     * Logs one line if something was rejected. It names kinds and numbers only: commands, paths and questions may hold
     * secrets.
     */
    void log(String sessionId, String messageId) {
        if (rejected.isEmpty()) return;
        System.getLogger(PermissionPolicy.class.getName())
                .log(
                        Level.WARNING,
                        () -> "turn " + messageId + " of session " + sessionId + ": rejected " + counted()
                                + "; the session's PermissionPolicy and QuestionPolicy (SessionOptions) decide this, and reject"
                                + " everything by default");
    }

    private String counted() {
        Map<String, Long> counts = rejected.stream()
                .map(RejectionRecorder::kind)
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(kind -> kind.getKey() + (kind.getValue() == 1 ? "" : " (" + kind.getValue() + " times)"))
                .collect(Collectors.joining(", "));
    }

    private static String kind(Record request) {
        return request instanceof PermissionRequest permission ? "permission " + permission.permission() : "question";
    }
}
