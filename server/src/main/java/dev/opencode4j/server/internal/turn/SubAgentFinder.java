package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.server.internal.v1.MessageRoutes;
import dev.opencode4j.server.internal.v1.TaskCallReader;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.MessagePage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the sub-agents that stored messages name, and those that they have started themselves. A sub-agent that waits for
 * another one, or for its user, is busy, so only the busy ones are asked: a request each.
 */
final class SubAgentFinder {

    /** What a sub-agent waits for is in its latest answer; its prompt is before that. */
    private static final int LATEST = 10;

    private final DirectoryLink link;
    private final Set<String> busy;
    private final Set<String> visited = new HashSet<>(2);

    SubAgentFinder(DirectoryLink link, Set<String> busy) {
        this.link = link;
        this.busy = busy;
    }

    /**
     * What was found.
     *
     * @param calls the tool calls that started sub-agents, a sub-agent's own after the one that started it
     * @param messages the latest messages of those that are at work, each one's oldest first
     */
    record Found(List<TaskCall> calls, List<Message> messages) {

        static final Found NOTHING = new Found(List.of(), List.of());

        private Found with(Found other) {
            List<TaskCall> allCalls = new ArrayList<>(calls);
            allCalls.addAll(other.calls);
            List<Message> allMessages = new ArrayList<>(messages);
            allMessages.addAll(other.messages);
            return new Found(allCalls, allMessages);
        }
    }

    CompletableFuture<Found> in(String sessionId, List<Message> messages) {
        List<TaskCall> calls = new ArrayList<>();
        for (Message message : messages) {
            for (Part part : message.parts()) {
                String subAgent = TaskCallReader.subAgentSession(part);
                if (subAgent != null)
                    calls.add(new TaskCall(sessionId, message.id(), subAgent, TaskCallReader.prompt(part)));
            }
        }
        CompletableFuture<Found> all = CompletableFuture.completedFuture(new Found(calls, List.of()));
        for (TaskCall call : calls) {
            if (busy.contains(call.subAgent()) && visited.add(call.subAgent()))
                all = all.thenCombine(of(call.subAgent()), Found::with);
        }
        return all;
    }

    private CompletableFuture<Found> of(String subAgent) {
        return link.whenFree(MessageRoutes.page(subAgent, LATEST, null), MessageRoutes::readPage)
                .thenCompose(page -> of(subAgent, page))
                .exceptionally(SubAgentFinder::nothingIfDeleted);
    }

    private CompletableFuture<Found> of(String subAgent, MessagePage page) {
        List<Message> oldestFirst = new ArrayList<>(page.messages());
        oldestFirst.sort(Comparator.comparing(Message::id));
        return in(subAgent, oldestFirst).thenApply(found -> new Found(List.of(), oldestFirst).with(found));
    }

    private static Found nothingIfDeleted(Throwable failure) {
        AgentException error = Failures.of(failure);
        if (error instanceof SessionNotFoundException) return Found.NOTHING;
        throw error;
    }
}
