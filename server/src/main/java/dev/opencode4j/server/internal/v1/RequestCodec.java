package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.interaction.QuestionRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what agents ask. What is no list reads as an empty one. */
public final class RequestCodec {

    private RequestCodec() {}

    /** Permissions that are asked for. */
    public static List<PermissionRequest> permissions(byte[] body) {
        return Tree.list(Tree.parse(body), RequestCodec::permission);
    }

    /** Questions that are asked. */
    public static List<QuestionRequest> questions(byte[] body) {
        return Tree.list(Tree.parse(body), RequestCodec::question);
    }

    private static @Nullable PermissionRequest permission(JsonNode node) {
        String id = Tree.textOr(node, "id", "");
        if (id.isEmpty()) return null;
        return new PermissionRequest(
                id,
                Tree.textOr(node, "sessionID", ""),
                Tree.textOr(node, "permission", ""),
                Tree.texts(node.path("patterns")),
                Tree.texts(node.path("always")),
                Tree.json(node.path("metadata")),
                callId(node));
    }

    private static @Nullable QuestionRequest question(JsonNode node) {
        String id = Tree.textOr(node, "id", "");
        if (id.isEmpty()) return null;
        return new QuestionRequest(
                id,
                Tree.textOr(node, "sessionID", ""),
                Tree.list(
                        node.path("questions"),
                        question -> new Question(
                                Tree.textOr(question, "question", ""),
                                Tree.textOr(question, "header", ""),
                                Tree.list(question.path("options"), RequestCodec::option),
                                Tree.isTrue(question, "multiple"))),
                callId(node));
    }

    private static Question.Option option(JsonNode node) {
        return new Question.Option(Tree.textOr(node, "label", ""), Tree.textOr(node, "description", ""));
    }

    private static @Nullable String callId(JsonNode node) {
        return Tree.text(node.path("tool"), "callID");
    }
}
