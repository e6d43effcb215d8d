package dev.opencode4j.benchmarks.sidebyside;

import dev.opencode4j.benchmarks.EveryEvent;
import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.server.OpenCodeServer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * This client's side: all turns of a round at once, round after round. Prints {@code wall cpu characters}, in
 * milliseconds: of the process up to the end of the first round, and then of each other round alone. Server and password
 * come from the environment; arguments are turns, prompt and rounds.
 */
public final class JavaClient {

    private JavaClient() {}

    public static void main(String[] args) {
        int turns = Integer.parseInt(args[0]);
        String prompt = args[1];
        long birth = ManagementFactory.getRuntimeMXBean().getStartTime();
        try (OpenCodeServer server = OpenCodeServer.connect(System.getenv("OPENCODE_BASE_URL"))) {
            long first = round(open(server, turns), prompt);
            System.out.println(
                    (System.currentTimeMillis() - birth) + " " + Usage.cpu().toMillis() + " " + first);
            for (int i = 1; i < Integer.parseInt(args[2]); i++)
                System.out.println(measured(open(server, turns), prompt));
        }
    }

    static String measured(List<AgentSession> sessions, String prompt) {
        long cpu = Usage.cpu().toMillis();
        long start = System.nanoTime();
        long characters = round(sessions, prompt);
        long wall = (System.nanoTime() - start) / 1_000_000;
        return wall + " " + (Usage.cpu().toMillis() - cpu) + " " + characters;
    }

    static List<AgentSession> open(OpenCodeServer server, int turns) {
        return Stream.generate(() -> server.open(SessionOptions.DEFAULT))
                .limit(turns)
                .toList();
    }

    private static long round(List<AgentSession> sessions, String prompt) {
        AtomicLong characters = new AtomicLong();
        CompletableFuture<?>[] running = sessions.stream()
                .map(session -> EveryEvent.of(session.start(prompt), event -> {
                    if (event instanceof TextDelta delta)
                        characters.addAndGet(delta.text().length());
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(running).join();
        return characters.get();
    }
}
