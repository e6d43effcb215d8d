package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.server.model.FileDiff;
import dev.opencode4j.server.model.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is told of sessions. All throw Jackson's exceptions if the bytes are no JSON. */
public final class SessionCodec {

    private SessionCodec() {}

    /** One session; null if there is no id. */
    public static @Nullable Session one(byte[] body) {
        return read(Tree.parse(body));
    }

    /** A list of sessions; null if it is none. */
    public static @Nullable List<Session> list(byte[] body) {
        JsonNode array = Tree.parse(body);
        return array.isArray() ? Tree.list(array, SessionCodec::read) : null;
    }

    /** What a session changed. */
    public static List<FileDiff> diffs(byte[] body) {
        return Tree.list(
                Tree.parse(body),
                node -> new FileDiff(
                        Tree.textOr(node, "file", ""),
                        Tree.textOr(node, "status", ""),
                        Tree.number(node, "additions"),
                        Tree.number(node, "deletions"),
                        Tree.json(node)));
    }

    private static @Nullable Session read(JsonNode node) {
        String id = Tree.textOr(node, "id", "");
        if (id.isEmpty()) return null;
        JsonNode time = node.path("time");
        return new Session(
                id,
                Tree.textOr(node, "title", ""),
                Tree.text(node, "parentID"),
                Tree.textOr(node, "directory", ""),
                Tree.instant(time, "created"),
                Tree.instant(time, "updated"),
                Tree.instant(time, "archived"),
                Tree.text(node, "agent"),
                ModelCodec.read(node.path("model")),
                Tree.list(node.path("permission"), SessionCodec::rule),
                Tree.json(node.path("metadata")),
                Tree.json(node));
    }

    private static @Nullable PermissionRule rule(JsonNode node) {
        try {
            return new PermissionRule(
                    Tree.textOr(node, "permission", ""),
                    Tree.textOr(node, "pattern", ""),
                    Tree.textOr(node, "action", ""));
        } catch (IllegalArgumentException e) {
            return null; // A kind of rule that is not known here; the session's raw form keeps it.
        }
    }
}
