package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.model.NewSession;
import dev.opencode4j.server.model.SessionChange;
import dev.opencode4j.server.model.SessionQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The requests about sessions. Ids are checked here, before anything is sent. */
public final class SessionRoutes {

    static final String SESSION = "/session";

    private SessionRoutes() {}

    static String path(String sessionId) {
        return SESSION + '/' + WireId.session(sessionId);
    }

    /** Creates one. */
    public static Request create(NewSession wanted) {
        String parent = wanted.parentId();
        Model model = wanted.model();
        return Request.post(SESSION)
                .with(new Body()
                        .put("title", wanted.title())
                        .put("permission", rules(wanted.rules()))
                        .put("parentID", parent == null ? null : WireId.session(parent, "parentId"))
                        .put("agent", wanted.agent())
                        .put("model", model == null ? null : ModelCodec.ofSession(model))
                        .put("metadata", wanted.metadata())
                        .put("workspaceID", wanted.workspaceId())
                        .bytes());
    }

    /** Reads one. */
    public static Request get(String sessionId) {
        return Request.get(path(sessionId));
    }

    /** Reads several. */
    public static Request list(SessionQuery query) {
        return Request.get(SESSION)
                .query("limit", query.limit())
                .query(
                        "start",
                        query.updatedSince() == null
                                ? null
                                : query.updatedSince().toEpochMilli())
                .query("search", query.search())
                .query("roots", query.kind() == SessionQuery.Kind.ROOTS ? "true" : null);
    }

    /** Changes one. */
    public static Request update(String sessionId, SessionChange change) {
        JsonNode archived = change.archived() == null
                ? null
                : new Body().put("archived", change.archived().toEpochMilli()).node();
        return Request.of("PATCH", path(sessionId))
                .with(new Body()
                        .put("title", change.title())
                        .put("metadata", change.metadata())
                        .put("permission", rules(change.appendedRules()))
                        .put("time", archived)
                        .bytes());
    }

    /** Deletes one. */
    public static Request delete(String sessionId) {
        return Request.of("DELETE", path(sessionId));
    }

    /** Copies one, up to a message of the user's or whole. */
    public static Request fork(String sessionId, @Nullable String messageId) {
        return Request.post(path(sessionId) + "/fork")
                .with(new Body()
                        .put("messageID", messageId == null ? null : WireId.message(messageId))
                        .bytes());
    }

    /** Reads the sessions of its sub-agents. */
    public static Request children(String sessionId) {
        return Request.get(path(sessionId) + "/children");
    }

    /** Reads its list of work. */
    public static Request todos(String sessionId) {
        return Request.get(path(sessionId) + "/todo");
    }

    /** Reads what it changed, in one turn or in all. */
    public static Request diff(String sessionId, @Nullable String messageId) {
        return Request.get(path(sessionId) + "/diff")
                .query("messageID", messageId == null ? null : WireId.message(messageId));
    }

    /** Reads which sessions are at work. */
    public static Request statuses() {
        return Request.get(SESSION + "/status");
    }

    /** Stops the turn in progress. */
    public static Request abort(String sessionId) {
        return Request.post(path(sessionId) + "/abort");
    }

    /** Has a model shorten the history. */
    public static Request summarize(String sessionId, Model model) {
        return Request.post(path(sessionId) + "/summarize")
                .with(ModelCodec.into(new Body(), model).bytes());
    }

    /** Takes back a message and all after it, and what they did to files. */
    public static Request revert(String sessionId, String messageId) {
        return Request.post(path(sessionId) + "/revert")
                .with(new Body().put("messageID", WireId.message(messageId)).bytes());
    }

    /** Brings back what was reverted. */
    public static Request unrevert(String sessionId) {
        return Request.post(path(sessionId) + "/unrevert");
    }

    private static @Nullable JsonNode rules(@Nullable List<PermissionRule> rules) {
        if (rules == null) return null;
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (PermissionRule rule : rules) {
            array.add(new Body()
                    .put("permission", rule.permission())
                    .put("pattern", rule.pattern())
                    .put("action", rule.action())
                    .node());
        }
        return array;
    }
}
