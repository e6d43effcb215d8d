package dev.opencode4j.benchmarks.latency;

import dev.opencode4j.benchmarks.Bar;
import dev.opencode4j.benchmarks.EveryEvent;
import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.server.OpenCodeServer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * From the moment before a delta's bytes are handed to the socket to the moment when the listener has them: both ends'
 * system calls, the JDK's HTTP client and ours. Deltas come one by one, so that each finds its listener asleep.
 */
public final class Latency {

    private static final long PAUSE_NANOS = 300_000;

    /**
     * What came of it, in microseconds.
     *
     * @param median half of the deltas took less
     * @param nearlyAll 99 of 100 took less
     * @param texts how many were measured
     */
    public record Outcome(double median, double nearlyAll, int texts) {}

    private Latency() {}

    public static void main(String[] args) {
        int texts = args.length > 0 ? Integer.parseInt(args[0]) : 3_000;
        print("first text of a turn, iterator", texts, 1, Latency::iterate);
        print("first text of a turn, publisher", texts, 1, Latency::subscribe);
        print("every text of a turn, iterator", 1, texts, Latency::iterate);
        print("every text of a turn, publisher", 1, texts, Latency::subscribe);
    }

    private static void print(String view, int turns, int deltas, BiConsumer<Turn, Consumer<AgentEvent>> consumption) {
        run(turns, deltas, consumption);
        Outcome outcome = run(turns, deltas, consumption);
        System.out.printf(
                "| %s | %s | %.0f µs | %.0f µs | %d | %.1f |%n",
                view,
                System.getProperty("java.version"),
                outcome.median(),
                outcome.nearlyAll(),
                outcome.texts(),
                Usage.load());
        if (deltas == 1)
            Bar.atMost(view + ", median (JDK " + Runtime.version().feature() + ")", outcome.median(), 1000, " µs");
    }

    /** The consumer is a loop. */
    public static void iterate(Turn turn, Consumer<AgentEvent> listener) {
        turn.forEach(listener);
    }

    /** The consumer is a subscriber. */
    public static void subscribe(Turn turn, Consumer<AgentEvent> listener) {
        EveryEvent.of(turn, listener).join();
    }

    /** So many turns, one after the other, of so many deltas. */
    public static Outcome run(int turns, int deltas, BiConsumer<Turn, Consumer<AgentEvent>> consumption) {
        try (StampingServer server = new StampingServer(deltas, PAUSE_NANOS);
                OpenCodeServer agent = OpenCodeServer.connect(server.url());
                AgentSession session = agent.open(SessionOptions.DEFAULT)) {
            double[] micros = new double[turns * deltas];
            int count = 0;
            for (int i = 0; i < turns; i++) {
                Turn turn = session.start("say something");
                Stopwatch stopwatch = new Stopwatch(server, micros, count);
                consumption.accept(turn, stopwatch);
                turn.result();
                count = stopwatch.next;
            }
            double[] taken = Arrays.copyOf(micros, count);
            return new Outcome(Usage.quantile(taken, 0.5), Usage.quantile(taken, 0.99), taken.length);
        }
    }

    /** Listens to one turn. */
    private static final class Stopwatch implements Consumer<AgentEvent> {
        private final StampingServer server;
        private final double[] micros;
        private final int first;
        private int next;

        Stopwatch(StampingServer server, double[] micros, int first) {
            this.server = server;
            this.micros = micros;
            this.first = first;
            this.next = first;
        }

        @Override
        public void accept(AgentEvent event) {
            long now = System.nanoTime();
            if (!(event instanceof TextDelta)) return;
            micros[next] = (now - server.written(next - first)) / 1000.0;
            next++;
        }
    }
}
