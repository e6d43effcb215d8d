package dev.opencode4j.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one process said of itself: its first round from the start of the process on, and its later rounds alone.
 *
 * @param rounds the figures, the first round's first
 */
public record Run(List<Figures> rounds) {

    /**
     * One line of it.
     *
     * @param wall milliseconds of wall time
     * @param cpu milliseconds of processor time
     * @param characters how much text was heard
     */
    public record Figures(double wall, double cpu, long characters) {}

    /** Reads the lines; throws if not every round heard the same text. */
    public static Run read(String said) {
        List<Figures> rounds = said.lines().map(Run::figures).toList();
        if (rounds.isEmpty()
                || rounds.stream().map(Figures::characters).distinct().count() != 1) {
            throw new IllegalStateException("text was lost: " + said);
        }
        return new Run(rounds);
    }

    private static Figures figures(String line) {
        String[] words = line.split(" ", -1);
        return new Figures(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Long.parseLong(words[2]));
    }

    /** The first round, with the start of the process. */
    public Figures cold() {
        return rounds.get(0);
    }

    /** The round after the first. */
    public Figures second() {
        return rounds.get(1);
    }

    /** The median of the rounds after {@code warmUp} of them, of each figure by itself. */
    public Figures warm(int warmUp) {
        List<Figures> warm = rounds.subList(warmUp, rounds.size());
        return new Figures(
                median(warm, Figures::wall),
                median(warm, Figures::cpu),
                rounds.get(0).characters());
    }

    /** The sum of all rounds. */
    public Figures all() {
        return new Figures(
                rounds.stream().mapToDouble(Figures::wall).sum(),
                rounds.stream().mapToDouble(Figures::cpu).sum(),
                rounds.get(0).characters());
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        return Usage.quantile(rounds.stream().mapToDouble(figure).toArray(), 0.5);
    }
}
