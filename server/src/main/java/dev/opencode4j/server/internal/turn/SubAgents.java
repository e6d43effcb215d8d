package dev.opencode4j.server.internal.turn;

import dev.opencode4j.server.internal.v1.SessionCodec;
import dev.opencode4j.server.internal.v1.SessionRoutes;
import dev.opencode4j.server.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the sessions of sub-agents, and of their sub-agents. A sub-agent that waits for another one is busy, so of the
 * many that a long session has left behind only the busy ones are asked for theirs.
 */
final class SubAgents {

    private final DirectoryLink link;
    private final Set<String> busy;

    SubAgents(DirectoryLink link, Set<String> busy) {
        this.link = link;
        this.busy = busy;
    }

    CompletableFuture<List<String>> of(String sessionId) {
        return link.whenFree(SessionRoutes.children(sessionId), answer -> answer.read(SessionCodec::list))
                .thenCompose(
                        children -> andTheirs(children.stream().map(Session::id).toList()));
    }

    private CompletableFuture<List<String>> andTheirs(List<String> children) {
        CompletableFuture<List<String>> all = CompletableFuture.completedFuture(children);
        for (String child : children) {
            if (busy.contains(child)) all = all.thenCombine(of(child), SubAgents::joined);
        }
        return all;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
