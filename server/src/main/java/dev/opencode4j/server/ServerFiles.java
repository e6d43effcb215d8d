package dev.opencode4j.server;

import dev.opencode4j.server.internal.http.Request;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.FileCodec;
import dev.opencode4j.server.internal.v1.FileRoutes;
import dev.opencode4j.server.model.FileChange;
import dev.opencode4j.server.model.FileContent;
import dev.opencode4j.server.model.FileNode;
import dev.opencode4j.server.model.ServerPaths;
import dev.opencode4j.server.model.Symbol;
import dev.opencode4j.server.model.TextMatch;
import dev.opencode4j.server.model.VcsInfo;
import java.util.List;
import java.util.function.Function;

/** The files in a server's directory, on its machine. {@link OpenCodeClient} says how the methods fail. Thread-safe. */
public final class ServerFiles {

    private final Transport transport;

    ServerFiles(Transport transport) {
        this.transport = transport;
    }

    /** Reads a directory, given by its path from the server's ({@code .} for that one itself). */
    public List<FileNode> list(String path) {
        return read(FileRoutes.list(path), FileCodec::nodes);
    }

    /** Reads a file; one that does not exist reads as an empty text. */
    public FileContent content(String path) {
        return read(FileRoutes.read(path), FileCodec::content);
    }

    /** Reads what differs from version control's. */
    public List<FileChange> changes() {
        return read(FileRoutes.changes(), FileCodec::changes);
    }

    /** Looks for a regular expression in files. The server may have to fetch its search tool first, and fail. */
    public List<TextMatch> findText(String pattern) {
        return read(FileRoutes.findText(pattern), FileCodec::matches);
    }

    /** Looks for at most {@code limit} files by parts of their names. */
    public List<String> findFiles(String query, int limit) {
        return read(FileRoutes.findFiles(query, limit), FileCodec::names);
    }

    /** Looks for symbols, with the language servers that run. */
    public List<Symbol> findSymbols(String query) {
        return read(FileRoutes.findSymbols(query), FileCodec::symbols);
    }

    /** Reads where the server keeps things. */
    public ServerPaths paths() {
        return read(FileRoutes.paths(), FileCodec::paths);
    }

    /** Reads what version control says. */
    public VcsInfo vcs() {
        return read(FileRoutes.vcs(), FileCodec::vcs);
    }

    private <T> T read(Request request, Function<byte[], T> codec) {
        return transport.send(request, answer -> answer.read(codec));
    }
}
