package dev.opencode4j.testkit.certify;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.EventWatch;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.ServerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Somebody at a terminal: prompts sessions without a turn of ours, thinks for a while before answering what the own
 * prompts ask, and rejects what nobody is left to answer, so that no session waits for good. Knows whose each permission
 * request is, by the marker in the tool call that waits.
 */
final class PromptingPerson implements AutoCloseable {

    private final OpenCodeClient client;
    private final Random random;
    private final Predicate<String> isAtWork;
    private final Queue<MarkedPrompt> prompts = new ConcurrentLinkedQueue<>();
    private final Set<String> own = ConcurrentHashMap.newKeySet();
    private final Map<String, String> markers = new ConcurrentHashMap<>();
    private final Set<String> seenPending = ConcurrentHashMap.newKeySet();
    private final Set<String> replied = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor(PromptingPerson::thread);
    private final EventWatch watch;
    private final Thread eyes;

    /**
     * @param client reaches the server without faults
     * @param isAtWork whether a program has a turn of the prompt with this marker
     */
    PromptingPerson(OpenCodeClient client, long seed, Predicate<String> isAtWork) {
        this.client = client;
        this.random = new Random(seed);
        this.isAtWork = isAtWork;
        watch = client.events().server();
        eyes = new Thread(this::look, "person-eyes");
        eyes.start();
        hand.scheduleWithFixedDelay(this::tidy, 1, 1, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "person-hand");
        thread.setDaemon(true);
        return thread;
    }

    /** Prompts a session and does not wait. */
    void prompt(String sessionId, MarkedPrompt prompt) {
        own.add(prompt.marker());
        prompts.add(prompt);
        try {
            client.messages().submit(sessionId, Prompt.of(prompt.text()));
        } catch (AgentException deletedMeanwhile) {
            // Then it never runs.
        }
    }

    /** The person's prompts. */
    List<MarkedPrompt> prompts() {
        return List.copyOf(prompts);
    }

    /** The requests among {@code answered} that are not of a prompt that {@code isOwn}, with the markers they are of. */
    List<String> foreign(Set<String> answered, Predicate<String> isOwn) {
        return answered.stream()
                .filter(id -> markers.containsKey(id) && !isOwn.test(markers.get(id)))
                .map(id -> id + " of " + markers.get(id))
                .collect(Collectors.toList());
    }

    /** Of how many permission requests the prompt is known. */
    int known() {
        return markers.size();
    }

    private void look() {
        for (ServerEvent event : watch) {
            if (event.event() instanceof PermissionAsked asked) asked(asked.request());
        }
    }

    private void asked(PermissionRequest request) {
        String marker = marker(request);
        if (marker.isEmpty()) return;
        if (!isUnderAnotherPrompt(request, marker)) markers.put(request.id(), marker);
        if (own.contains(marker)) {
            hand.schedule(() -> reply(request.id(), PermissionReply.ONCE), thought(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Two prompts that arrive together are both read by the model, and 1.15.13 may store what the one leads to as the other's
     * answer: then nobody can say whose the request is.
     */
    private boolean isUnderAnotherPrompt(PermissionRequest request, String marker) {
        String messageId = request.messageId();
        if (messageId == null) return false;
        try {
            String parent =
                    client.messages().get(request.sessionId(), messageId).info().parentId();
            if (parent == null) return false;
            Set<String> prompted = MarkedPrompt.markersIn(
                    client.messages().get(request.sessionId(), parent).text());
            return !prompted.isEmpty() && !prompted.contains(marker);
        } catch (AgentException deletedMeanwhile) {
            return false;
        }
    }

    private synchronized int thought() {
        return random.nextInt(1500);
    }

    private String marker(PermissionRequest request) {
        Set<String> found = MarkedPrompt.markersIn(request.metadata().toString());
        String messageId = request.messageId();
        if (found.isEmpty() && messageId != null) found = MarkedPrompt.markersIn(toolCall(request, messageId));
        return found.size() == 1 ? found.iterator().next() : "";
    }

    private String toolCall(PermissionRequest request, String messageId) {
        try {
            return client.messages().get(request.sessionId(), messageId).parts().stream()
                    .filter(part ->
                            part instanceof ToolPart tool && tool.callId().equals(request.callId()))
                    .map(Object::toString)
                    .collect(Collectors.joining());
        } catch (AgentException deletedMeanwhile) {
            return "";
        }
    }

    private void reply(String requestId, PermissionReply reply) {
        replied.add(requestId);
        try {
            client.permissions().reply(requestId, reply);
        } catch (AgentException goneMeanwhile) {
            // Its session was deleted or aborted.
        }
    }

    /** What a closed client, an abort or a deleted session has left pending for two looks is rejected. */
    private void tidy() {
        try {
            for (PermissionRequest request : client.permissions().list()) {
                String marker = markers.getOrDefault(request.id(), "");
                if (own.contains(marker) && !replied.contains(request.id())) continue;
                if (!marker.isEmpty() && isAtWork.test(marker)) continue;
                if (!seenPending.add(request.id())) reply(request.id(), PermissionReply.REJECT);
            }
        } catch (AgentException e) {
            // The next look comes soon.
        }
    }

    /** Lets what was begun end. */
    void close(Duration bound) {
        Eventually.comesTrue(bound, () -> client.sessions().statuses().isEmpty());
        close();
    }

    @Override
    public void close() {
        hand.shutdownNow();
        watch.close();
        client.close();
        try {
            eyes.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
