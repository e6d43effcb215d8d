package dev.opencode4j.testkit.impostor;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The permissions and questions that nobody has answered yet. Loop-confined. */
final class Asks {

    private record Pending(ObjectNode request, Conversation conversation, Consumer<@Nullable JsonNode> onReply) {}

    private final Ids ids;
    private final Announcer announcer;
    private final Map<String, Pending> permissions = new LinkedHashMap<>();
    private final Map<String, Pending> questions = new LinkedHashMap<>();
    private final Set<String> alwaysAllowed = new HashSet<>();

    Asks(Ids ids, Announcer announcer) {
        this.ids = ids;
        this.announcer = announcer;
    }

    /** Asks and, when the reply is there, tells whether it was an allowance. */
    void permission(Conversation conversation, ToolPart part, ToolCall call, Consumer<Boolean> onReply) {
        if (alwaysAllowed.contains(call.name())) {
            onReply.accept(true);
            return;
        }
        ObjectNode request = request(ids.permission(), conversation).put("permission", call.name());
        ArrayNode patterns = request.putArray("patterns");
        call.patterns().forEach(patterns::add);
        request.set("metadata", call.input());
        request.set("always", patterns.deepCopy());
        request.set("tool", part.address());
        announcer.say("permission.asked", request, conversation);
        permissions.put(
                request.path("id").asString(),
                new Pending(request, conversation, reply -> onReply.accept(reply != null)));
    }

    /** Asks and, when the reply is there, hands on its answers; null if it was refused. */
    void question(
            Conversation conversation, ToolPart part, List<Question> asked, Consumer<@Nullable JsonNode> onReply) {
        ObjectNode request = request(ids.question(), conversation);
        ArrayNode list = request.putArray("questions");
        asked.forEach(question -> list.add(question.json()));
        request.set("tool", part.address());
        announcer.say("question.asked", request, conversation);
        questions.put(request.path("id").asString(), new Pending(request, conversation, onReply));
    }

    private static ObjectNode request(String id, Conversation conversation) {
        return Json.object().put("id", id).put("sessionID", conversation.id());
    }

    /** False if there is no such permission to reply to. */
    boolean replyToPermission(String id, String reply) {
        Pending pending = permissions.remove(id);
        if (pending == null) {
            return false;
        }
        if (reply.equals("always")) {
            alwaysAllowed.add(pending.request.path("permission").asString());
        }
        announcer.say("permission.replied", answered(pending, id).put("reply", reply), pending.conversation);
        pending.onReply.accept(reply.equals("reject") ? null : pending.request);
        return true;
    }

    /** False if there is no such question to answer. */
    boolean answerQuestion(String id, JsonNode answers) {
        Pending pending = questions.remove(id);
        if (pending == null) {
            return false;
        }
        ObjectNode properties = answered(pending, id);
        properties.set("answers", answers);
        announcer.say("question.replied", properties, pending.conversation);
        pending.onReply.accept(answers);
        return true;
    }

    /** False if there is no such question to reject. */
    boolean rejectQuestion(String id) {
        Pending pending = questions.remove(id);
        if (pending == null) {
            return false;
        }
        announcer.say("question.rejected", answered(pending, id), pending.conversation);
        pending.onReply.accept(null);
        return true;
    }

    private static ObjectNode answered(Pending pending, String id) {
        return Json.object().put("sessionID", pending.conversation.id()).put("requestID", id);
    }

    ArrayNode permissions(String directory) {
        return listed(permissions, directory);
    }

    ArrayNode questions(String directory) {
        return listed(questions, directory);
    }

    private static ArrayNode listed(Map<String, Pending> asked, String directory) {
        ArrayNode list = Json.array();
        for (Pending pending : asked.values()) {
            if (pending.conversation.directory().equals(directory)) {
                list.add(pending.request);
            }
        }
        return list;
    }

    void clear() {
        permissions.clear();
        questions.clear();
        alwaysAllowed.clear();
    }
}
