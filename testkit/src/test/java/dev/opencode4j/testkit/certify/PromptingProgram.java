package dev.opencode4j.testkit.certify;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.server.ClientCounts;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program with a client and a policy; its client may be closed at any moment, and is replaced. Thread-safe. */
final class PromptingProgram {

    private static final Pattern REPLY = Pattern.compile("/permission/(per_\\w+)/reply");

    /** What a program says to the commands of its own turns. */
    enum Policy {
        APPROVES,
        REJECTS
    }

    /** What became of a turn. */
    record Outcome(MarkedPrompt prompt, List<AgentEvent> events, List<PermissionRequest> asked, Duration took) {}

    private final String address;
    private final RealOpenCode server;
    private final Policy policy;
    private final Timeouts timeouts;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private volatile OpenCodeClient client;

    PromptingProgram(URI address, RealOpenCode server, Policy policy, Duration deadline) {
        this.address = address.toString();
        this.server = server;
        this.policy = policy;
        this.timeouts = Timeouts.DEFAULT.withTurn(deadline).withConnect(Duration.ofSeconds(15));
        client = connect();
    }

    private OpenCodeClient connect() {
        return OpenCodeClient.builder()
                .baseUrl(address)
                .username(RealOpenCode.USER)
                .password(server.password())
                .instrumentation((name, payload) -> observe(payload))
                .build();
    }

    private Instrumentation.Observation observe(Map<String, Object> payload) {
        Matcher reply = REPLY.matcher(String.valueOf(payload.get("path")));
        if (reply.matches()) answered.add(reply.group(1));
        return error -> {};
    }

    /** Runs a turn to its end on the calling thread; {@code disturb} is given it when it has started. */
    void run(String sessionId, MarkedPrompt prompt, Consumer<Turn> disturb) {
        List<PermissionRequest> asked = new CopyOnWriteArrayList<>();
        SessionOptions options = SessionOptions.builder()
                .timeouts(timeouts)
                .permissions(answering(prompt, asked))
                .build();
        List<AgentEvent> events = new ArrayList<>();
        long start = System.nanoTime();
        working.add(prompt.marker());
        try (Turn turn = client.start(sessionId, Prompt.of(prompt.text()), options)) {
            disturb.accept(turn);
            turn.forEach(events::add);
        } catch (ConnectionException closedBefore) {
            if (events.isEmpty()) return;
            throw closedBefore;
        } finally {
            working.remove(prompt.marker());
        }
        outcomes.add(new Outcome(prompt, events, asked, Duration.ofNanos(System.nanoTime() - start)));
    }

    private PermissionPolicy answering(MarkedPrompt prompt, List<PermissionRequest> asked) {
        return request -> {
            asked.add(request);
            boolean isOwn = request.command()
                    .filter(command -> command.contains(prompt.marker()))
                    .isPresent();
            PermissionReply reply = policy == Policy.APPROVES && isOwn ? PermissionReply.ONCE : PermissionReply.REJECT;
            return CompletableFuture.completedFuture(reply);
        };
    }

    /** Closes its client in the middle of whatever it does, and goes on with another one. */
    void replaceClient() {
        OpenCodeClient old = client;
        client = connect();
        old.close();
    }

    /** Whether a turn of the prompt with this marker has not ended here. */
    boolean isWorkingOn(String marker) {
        return working.contains(marker);
    }

    /** The ids of the permission requests that it answered, or tried to. */
    Set<String> answered() {
        return answered;
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Waits until the client holds nothing for turns that are over, then closes it, which ends its streams. */
    void close(Duration bound) {
        OpenCodeClient last = client;
        Eventually.comesTrue(bound, () -> ClientCounts.turns(last).isEmpty());
        String held = ClientCounts.turns(last);
        last.close();
        if (!held.isEmpty()) throw new AssertionError("a client whose turns are over holds " + held);
        Eventually.holds("no stream of a closed client", bound, () -> ClientCounts.streams(last) == 0);
    }
}
