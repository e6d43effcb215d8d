package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.server.internal.http.Request;

/** The requests about the files in a server's directory. */
public final class FileRoutes {

    private static final String FILE = "/file";
    private static final String FIND = "/find";
    private static final String PATH = "path";
    private static final String QUERY = "query";

    private FileRoutes() {}

    /** Reads a directory. */
    public static Request list(String path) {
        return Request.get(FILE).query(PATH, Arguments.text(path, PATH));
    }

    /** Reads a file. */
    public static Request read(String path) {
        return Request.get(FILE + "/content").query(PATH, Arguments.text(path, PATH));
    }

    /** Reads what differs from version control's. */
    public static Request changes() {
        return Request.get(FILE + "/status");
    }

    /** Looks for a regular expression in files. */
    public static Request findText(String pattern) {
        return Request.get(FIND).query("pattern", Arguments.text(pattern, "pattern"));
    }

    /** Looks for files by parts of their names. */
    public static Request findFiles(String query, int limit) {
        return Request.get(FIND + FILE)
                .query(QUERY, Arguments.text(query, QUERY))
                .query("limit", Arguments.positive(limit, "limit"));
    }

    /** Looks for symbols. */
    public static Request findSymbols(String query) {
        return Request.get(FIND + "/symbol").query(QUERY, Arguments.text(query, QUERY));
    }

    /** Reads where the server keeps things. */
    public static Request paths() {
        return Request.get("/path");
    }

    /** Reads what version control says. */
    public static Request vcs() {
        return Request.get("/vcs");
    }
}
