package dev.opencode4j.benchmarks.turns;

import dev.opencode4j.benchmarks.Bar;
import dev.opencode4j.benchmarks.JavaProcess;
import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.server.OpenCodeServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts that many turns at once, holds all of them in mid-answer, weighs the heap, lets them go and looks at what each
 * has heard. Run it with the heap that is to be enough, such as {@code -Xmx1g}.
 */
public final class ManyTurns {

    private static final long PATIENCE_SECONDS = 300;

    /**
     * What came of it.
     *
     * @param turns how many there were
     * @param right how many ended well with exactly their own text
     * @param heapPerTurn bytes of heap that each waiting turn took, its session included
     * @param started until the last one waited
     * @param ended from their release until the last one had ended
     * @param cpu of this process over both
     */
    public record Outcome(int turns, int right, long heapPerTurn, Duration started, Duration ended, Duration cpu) {}

    private ManyTurns() {}

    public static void main(String[] args) {
        Outcome outcome = run(args.length > 0 ? Integer.parseInt(args[0]) : 10_000);
        System.out.printf(
                "| %s | %d | %d | %d | %.1f KB | %.1f s | %.1f s | %.1f s | %.1f |%n",
                System.getProperty("java.version"),
                outcome.turns(),
                outcome.right(),
                Runtime.getRuntime().maxMemory() >> 20,
                outcome.heapPerTurn() / 1024.0,
                outcome.started().toMillis() / 1000.0,
                outcome.ended().toMillis() / 1000.0,
                outcome.cpu().toMillis() / 1000.0,
                Usage.load());
        String jdk = " (JDK " + Runtime.version().feature() + ")";
        Bar.atMost("turns lost or mixed up of " + outcome.turns() + jdk, outcome.turns() - outcome.right(), 0, "");
        Bar.atMost("heap per waiting turn" + jdk, outcome.heapPerTurn() / 1024.0, 20, " KB");
        System.exit(outcome.right() == outcome.turns() ? 0 : 1);
    }

    /** Runs so many turns. */
    public static Outcome run(int count) {
        warmUp();
        try (JavaProcess impostor = JavaProcess.start(ImpostorProcess.class, "-Xmx2g");
                OpenCodeServer server = OpenCodeServer.connect(impostor.url())) {
            long before = Usage.heap();
            List<AgentSession> sessions = Stream.generate(() -> server.open(SessionOptions.DEFAULT))
                    .limit(count)
                    .toList();
            CountDownLatch waiting = new CountDownLatch(count);
            CountDownLatch ended = new CountDownLatch(count);
            Duration cpu = Usage.cpu();
            long start = System.nanoTime();
            List<WaitingTurn> turns = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                turns.add(WaitingTurn.start(sessions.get(i), "marker " + i + ";", waiting, ended));
            }
            await(waiting);
            long allWait = System.nanoTime();
            long heap = Usage.heap() - before;
            long release = System.nanoTime();
            impostor.nudge();
            await(ended);
            long end = System.nanoTime();
            cpu = Usage.cpu().minus(cpu);
            int right = (int) turns.stream().filter(WaitingTurn::isRight).count();
            return new Outcome(
                    count,
                    right,
                    heap / count,
                    Duration.ofNanos(allWait - start),
                    Duration.ofNanos(end - release),
                    cpu);
        }
    }

    /** Loads the classes, so that they are not counted as the turns' heap. */
    private static void warmUp() {
        try (JavaProcess impostor = JavaProcess.start(ImpostorProcess.class, "-Xmx2g");
                OpenCodeServer server = OpenCodeServer.connect(impostor.url())) {
            impostor.nudge();
            for (int i = 0; i < 20; i++) {
                AgentSession session = server.open(SessionOptions.DEFAULT);
                session.run("warm up " + i);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(latch.getCount() + " turns are missing.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
