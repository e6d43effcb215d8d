package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.server.internal.v1.MessageRoutes;
import dev.opencode4j.server.internal.v1.TaskCallReader;
import dev.opencode4j.server.model.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the sub-agents that stored messages name, and those that they have started themselves. A sub-agent that waits
 * for another one is busy, so only the busy ones are asked: a request each.
 */
final class TaskCallFinder {

    /** The call that a sub-agent waits for is in its latest answer. */
    private static final int LATEST = 2;

    private final DirectoryLink link;
    private final Set<String> busy;
    private final Set<String> visited = new HashSet<>(2);

    TaskCallFinder(DirectoryLink link, Set<String> busy) {
        this.link = link;
        this.busy = busy;
    }

    CompletableFuture<List<TaskCall>> in(String sessionId, List<Message> messages) {
        List<TaskCall> calls = new ArrayList<>();
        for (Message message : messages) {
            for (var part : message.parts()) {
                String subAgent = TaskCallReader.subAgentSession(part);
                if (subAgent != null) calls.add(new TaskCall(sessionId, message.id(), subAgent));
            }
        }
        CompletableFuture<List<TaskCall>> all = CompletableFuture.completedFuture(calls);
        for (TaskCall call : calls) {
            if (busy.contains(call.subAgent()) && visited.add(call.subAgent()))
                all = all.thenCombine(of(call.subAgent()), TaskCallFinder::joined);
        }
        return all;
    }

    private CompletableFuture<List<TaskCall>> of(String subAgent) {
        return link.whenFree(MessageRoutes.page(subAgent, LATEST, null), MessageRoutes::readPage)
                .thenCompose(page -> in(subAgent, page.newestFirst().toList()))
                .exceptionally(TaskCallFinder::noneIfDeleted);
    }

    private static List<TaskCall> noneIfDeleted(Throwable failure) {
        AgentException error = Failures.of(failure);
        if (error instanceof SessionNotFoundException) return List.of();
        throw error;
    }

    private static List<TaskCall> joined(List<TaskCall> first, List<TaskCall> second) {
        List<TaskCall> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
