package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.server.internal.http.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The requests about what agents ask: permissions and questions. */
public final class RequestRoutes {

    static final String PERMISSION = "/permission";
    static final String QUESTION = "/question";

    private static final String REPLY = "/reply";

    private RequestRoutes() {}

    /** Reads the permissions that are asked for. */
    public static Request permissions() {
        return Request.get(PERMISSION);
    }

    /** Answers one. */
    public static Request reply(String requestId, PermissionReply reply) {
        String message = reply.message();
        return Request.post(PERMISSION + '/' + WireId.permission(requestId) + REPLY)
                .with(new Body()
                        .put("reply", reply.decision())
                        .put("message", message == null || message.isBlank() ? null : message)
                        .bytes());
    }

    /** Reads the questions that are asked. */
    public static Request questions() {
        return Request.get(QUESTION);
    }

    /** Answers one, or refuses to. */
    public static Request reply(String requestId, QuestionReply reply) {
        String path = QUESTION + '/' + WireId.question(requestId);
        if (reply.isRejection()) return Request.post(path + "/reject");
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        reply.answers().forEach(labels -> {
            ArrayNode chosen = answers.addArray();
            labels.forEach(chosen::add);
        });
        return Request.post(path + REPLY)
                .with(new Body().put("answers", answers).bytes());
    }
}
