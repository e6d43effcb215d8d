package dev.opencode4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Clients that do the same work, each in processes of its own and in another order each time, so that none of them has
 * the quieter machine. A client says {@code wall cpu characters} of each of its rounds; see {@link Run}.
 */
public final class Contest {

    private final List<String> work;
    private final Map<String, String> environment;
    private final int warmUp;

    /**
     * A contest.
     *
     * @param work the arguments of every client
     * @param environment what every client finds in its environment
     * @param warmUp how many rounds of a process are not measured: the just-in-time compilers are at work, which is a cost
     *     of starting and not of the work
     */
    public Contest(List<String> work, Map<String, String> environment, int warmUp) {
        this.work = List.copyOf(work);
        this.environment = Map.copyOf(environment);
        this.warmUp = warmUp;
    }

    /** One of the clients, and what its processes said. */
    public final class Side {

        private final List<String> command;
        private final List<Run> runs = new ArrayList<>();

        private Side(List<String> command) {
            this.command = command;
        }

        /** A process's work from its start to its end; not among the figures. */
        public void rehearse() {
            run();
        }

        private Run run() {
            List<String> whole = Stream.concat(command.stream(), work.stream()).toList();
            ProcessBuilder builder = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            try {
                Process process = builder.start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                System.err.println(command.get(0) + ": " + said.strip().replace("\n", ", "));
                return Run.read(said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** How much text each round heard. */
        public long characters() {
            return runs.get(0).cold().characters();
        }

        /** The median of a figure of its processes. */
        public double median(ToDoubleFunction<Run> figure) {
            return Usage.quantile(runs.stream().mapToDouble(figure).toArray(), 0.5);
        }
    }

    /** A client. */
    public Side side(List<String> command) {
        return new Side(command);
    }

    /** Runs so many processes of each, one after the other. */
    public void alternate(int processes, List<Side> sides) {
        for (int i = 0; i < processes; i++) {
            for (int at = 0; at < sides.size(); at++) {
                Side side = sides.get((i + at) % sides.size());
                side.runs.add(side.run());
            }
        }
        if (sides.stream().map(Side::characters).distinct().count() != 1) {
            throw new IllegalStateException("the clients heard different texts");
        }
    }

    /** The figures of a warm round. */
    public Run.Figures warm(Run run) {
        return run.warm(warmUp);
    }
}
