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
    private static final int WARM_UP = 10;

    private final Contest contest;
    private final Contest.Side ours;
    private final Contest.Side theirs;

    private ManyStreams(String url, String client, int measured) {
        contest = new Contest(
                List.of(STREAMS, WORDS, String.valueOf(WARM_UP + measured)), Map.of("OPENAI_BASE_URL", url), WARM_UP);
        ours = contest.side(JavaProcess.command(ZenClient.class));
        theirs = contest.side(List.of("node", client));
    }

    public static void main(String[] args) {
        try (JavaProcess model = JavaProcess.start(ModelProcess.class)) {
            ManyStreams streams = new ManyStreams(model.url(), args[0], Integer.parseInt(args[2]));
            streams.ours.rehearse(); // The model's own first answers are slow, whoever asks.
            streams.contest.alternate(Integer.parseInt(args[1]), List.of(streams.ours, streams.theirs));
            streams.print();
        }
    }

    private void print() {
        String java = " (JDK " + Runtime.version().feature() + ")";
        Bar.atMost(
                "CPU of 1,000 streams, times the openai package's" + java,
                ratio(run -> warm(run).cpu()),
                0.2,
                "");
        print("CPU, warm round", run -> warm(run).cpu());
        print("CPU, second round", run -> run.second().cpu());
        print("CPU, first round with the process's start", run -> run.cold().cpu());
        print("wall, warm round", run -> warm(run).wall());
        print("wall, first round with the process's start", run -> run.cold().wall());
    }

    private Run.Figures warm(Run run) {
        return contest.warm(run);
    }

    private double ratio(ToDoubleFunction<Run> figure) {
        return ours.median(figure) / theirs.median(figure);
    }

    private void print(String what, ToDoubleFunction<Run> figure) {
        System.out.printf(
                "| %s | %s | %.0f ms | %.0f ms | %.2f | %.1f |%n",
                what,
                Runtime.version().feature(),
                theirs.median(figure),
                ours.median(figure),
                ratio(figure),
                Usage.load());
    }
}
