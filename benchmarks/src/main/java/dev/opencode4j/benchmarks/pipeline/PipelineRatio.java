package dev.opencode4j.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import dev.opencode4j.benchmarks.Bar;
import dev.opencode4j.benchmarks.Usage;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * The pipeline's cost as a multiple of tokenising, measured so that a noisy machine spoils both sides alike: short rounds
 * of each, in turns, by the CPU time of the thread that does the work; the median of the rounds' ratios.
 */
public final class PipelineRatio {

    private static final long ROUND_NANOS = 100_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Tokenizing tokenizing;
    private final Replay replay;
    private final Replay wholeServer;
    private final int bytes;
    private long sink;
    private double applying;
    private double foreign;
    private double wholeApplying;
    private double wholeForeign;

    PipelineRatio(List<RecordedStream> streams) {
        tokenizing = new Tokenizing(streams);
        replay = new Replay(streams);
        wholeServer =
                new Replay(streams.stream().map(RecordedStream::ofWholeServer).toList());
        bytes = streams.stream().mapToInt(stream -> stream.bytes().length).sum();
    }

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        PipelineRatio ratio = new PipelineRatio(RecordedStream.all());
        ratio.rounds(rounds / 2);
        ratio.rounds(rounds).forEach(System.out::println);
        String jdk = " (JDK " + Runtime.version().feature() + ")";
        Bar.atMost("applying the recordings, times tokenising" + jdk, ratio.applying, 1.5, "");
        Bar.atMost("foreign events, times tokenising" + jdk, ratio.foreign, 0.5, "");
        Bar.atMost(
                "one stream for all directories, applying, times a directory's" + jdk, ratio.wholeApplying, 1.25, "");
        Bar.atMost("one stream for all directories, foreign, times a directory's" + jdk, ratio.wholeForeign, 2.0, "");
    }

    /** One round after the other; the lines of a table. */
    List<String> rounds(int rounds) {
        double[][] micros = new double[6][rounds];
        Runnable[] sides = {
            () -> sink += tokenizing.eventByEvent(),
            () -> sink += tokenizing.inOneGo(),
            () -> sink += replay.toTheirTurns(),
            replay::pastAnotherTurn,
            () -> sink += wholeServer.toTheirTurns(),
            wholeServer::pastAnotherTurn
        };
        String[] names = {
            "tokenising, event by event",
            "tokenising in one go",
            "to their turns",
            "past another's turn",
            "to their turns, one stream for all directories",
            "past another's turn, one stream for all directories"
        };
        long[] allocated = new long[sides.length];
        for (int round = 0; round < rounds; round++) {
            for (int side = 0; side < sides.length; side++) {
                micros[side][round] = micros(sides[side]);
                allocated[side] = allocatedBy(sides[side]);
            }
        }
        String[] lines = new String[sides.length];
        for (int side = 0; side < sides.length; side++) {
            lines[side] = String.format(
                    "| %s | %s | %.0f | %.2f | %.2f | %.1f | %.1f |",
                    names[side],
                    System.getProperty("java.version"),
                    median(micros[side]),
                    medianRatio(micros[side], micros[0]),
                    medianRatio(micros[side], micros[1]),
                    allocated[side] / (double) bytes,
                    Usage.load());
        }
        applying = medianRatio(micros[2], micros[0]);
        foreign = medianRatio(micros[3], micros[0]);
        wholeApplying = medianRatio(micros[4], micros[2]);
        wholeForeign = medianRatio(micros[5], micros[3]);
        return List.of(lines);
    }

    private static double micros(Runnable side) {
        long start = THREADS.getCurrentThreadCpuTime();
        long now = start;
        int runs = 0;
        while (now - start < ROUND_NANOS) {
            side.run();
            runs++;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return (now - start) / 1000.0 / runs;
    }

    private static long allocatedBy(Runnable side) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        side.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static double medianRatio(double[] over, double[] under) {
        double[] ratios = new double[over.length];
        Arrays.setAll(ratios, i -> over[i] / under[i]);
        return median(ratios);
    }

    private static double median(double[] values) {
        return Usage.quantile(values.clone(), 0.5);
    }
}
