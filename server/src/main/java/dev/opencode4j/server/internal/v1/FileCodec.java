package dev.opencode4j.server.internal.v1;

import dev.opencode4j.server.model.FileChange;
import dev.opencode4j.server.model.FileContent;
import dev.opencode4j.server.model.FileNode;
import dev.opencode4j.server.model.ServerPaths;
import dev.opencode4j.server.model.Symbol;
import dev.opencode4j.server.model.TextMatch;
import dev.opencode4j.server.model.VcsInfo;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what is told of files. */
public final class FileCodec {

    private FileCodec() {}

    /** A directory's content. */
    public static List<FileNode> nodes(byte[] body) {
        return Tree.list(
                Tree.parse(body),
                node -> new FileNode(
                        Tree.textOr(node, "name", ""),
                        Tree.textOr(node, "path", ""),
                        Tree.textOr(node, "absolute", ""),
                        Tree.textOr(node, "type", ""),
                        Tree.isTrue(node, "ignored")));
    }

    /** A file's content. */
    public static FileContent content(byte[] body) {
        JsonNode node = Tree.parse(body);
        return new FileContent(
                Tree.textOr(node, "type", ""),
                Tree.textOr(node, "content", ""),
                Tree.text(node, "encoding"),
                Tree.text(node, "mimeType"),
                Tree.json(node));
    }

    /** What differs from version control's. */
    public static List<FileChange> changes(byte[] body) {
        return Tree.list(
                Tree.parse(body),
                node -> new FileChange(
                        Tree.textOr(node, "path", ""),
                        Tree.textOr(node, "status", ""),
                        Tree.number(node, "added"),
                        Tree.number(node, "removed")));
    }

    /** Lines that were found. */
    public static List<TextMatch> matches(byte[] body) {
        return Tree.list(
                Tree.parse(body),
                node -> new TextMatch(
                        Tree.textOr(node.path("path"), "text", ""),
                        Tree.textOr(node.path("lines"), "text", ""),
                        Tree.number(node, "line_number"),
                        Tree.json(node)));
    }

    /** Names of files that were found. */
    public static List<String> names(byte[] body) {
        return Tree.texts(Tree.parse(body));
    }

    /** Symbols that were found. */
    public static List<Symbol> symbols(byte[] body) {
        return Tree.list(
                Tree.parse(body),
                node -> new Symbol(
                        Tree.textOr(node, "name", ""),
                        Tree.number(node, "kind"),
                        Tree.textOr(node.path("location"), "uri", ""),
                        Tree.json(node)));
    }

    /** Where the server keeps things. */
    public static ServerPaths paths(byte[] body) {
        JsonNode node = Tree.parse(body);
        return new ServerPaths(
                Tree.textOr(node, "home", ""),
                Tree.textOr(node, "state", ""),
                Tree.textOr(node, "config", ""),
                Tree.textOr(node, "worktree", ""),
                Tree.textOr(node, "directory", ""));
    }

    /** What version control says. */
    public static VcsInfo vcs(byte[] body) {
        JsonNode node = Tree.parse(body);
        return new VcsInfo(Tree.text(node, "branch"), Tree.text(node, "default_branch"));
    }
}
