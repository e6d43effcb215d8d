package dev.opencode4j.benchmarks.zen;

import dev.opencode4j.benchmarks.Bar;
import dev.opencode4j.benchmarks.Contest;
import dev.opencode4j.benchmarks.JavaProcess;
import dev.opencode4j.benchmarks.Run;
import dev.opencode4j.benchmarks.Usage;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One scripted model, and the clients in turn, each in a process of its own and in another order each time. Prints the
 * lines of a table. Arguments: the JavaScript client, which stands beside the package that was installed for it; how many
 * processes of each; how many rounds are measured in each process, after those that warm it up.
 */
public final class ManyStreams {

    private static final String STREAMS = "1000";
    private static final String WORDS = "100";
    private static final int WARM_UP = 25;

    /** Milliseconds from word to word: as fast as it goes, as a fast model says them, as a usual one does. */
    private static final int[] PACES = {0, 10, 30};

    private final int pace;
    private final Contest contest;
    private final Contest.Side ours;
    private final Contest.Side theirs;

    private ManyStreams(int pace, String url, String client, int measured) {
        this.pace = pace;
        contest = new Contest(
                List.of(STREAMS, WORDS, String.valueOf(WARM_UP + measured)), Map.of("OPENAI_BASE_URL", url), WARM_UP);
        ours = contest.side(JavaProcess.command(ZenClient.class));
        theirs = contest.side(List.of("node", client));
    }

    public static void main(String[] args) {
        for (int pace : PACES) {
            try (JavaProcess model = JavaProcess.start(ModelProcess.class, ModelProcess.pace(pace))) {
                ManyStreams streams = new ManyStreams(pace, model.url(), args[0], Integer.parseInt(args[2]));
                streams.theirs.rehearse(); // The model's own first answers are slow, whoever asks.
                streams.contest.alternate(Integer.parseInt(args[1]), List.of(streams.ours, streams.theirs));
                streams.print();
            }
        }
    }

    private void print() {
        String java = " (JDK " + Runtime.version().feature() + ")";
        Bar.atMost(
                "CPU of 1,000 streams, " + words() + ", times the openai package's" + java,
                ratio(run -> warm(run).cpu()),
                0.2,
                "");
        print("CPU, warm round", run -> warm(run).cpu());
        print("CPU, second round", run -> run.second().cpu());
        print("CPU, first round with the process's start", run -> run.cold().cpu());
        print("wall, warm round", run -> warm(run).wall());
    }

    private String words() {
        return pace == 0 ? "words as fast as they go" : "a word each " + pace + " ms";
    }

    private Run.Figures warm(Run run) {
        return contest.warm(run);
    }

    private double ratio(ToDoubleFunction<Run> figure) {
        return ours.median(figure) / theirs.median(figure);
    }

    private void print(String what, ToDoubleFunction<Run> figure) {
        System.out.printf(
                "| %s | %s | %s | %.0f ms | %.0f ms | %.2f | %.1f |%n",
                words(),
                what,
                Runtime.version().feature(),
                theirs.median(figure),
                ours.median(figure),
                ratio(figure),
                Usage.load());
    }
}
