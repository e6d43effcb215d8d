package dev.opencode4j.benchmarks.sidebyside;

import dev.opencode4j.benchmarks.Bar;
import dev.opencode4j.benchmarks.Contest;
import dev.opencode4j.benchmarks.JavaProcess;
import dev.opencode4j.benchmarks.Run;
import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One real server, and the clients in turn, each in a process of its own and in another order each time. Prints the lines
 * of a table. Arguments: the JavaScript client, which stands beside the SDK that was installed for it; how many processes
 * of each; how many rounds are measured in each process, after those that warm it up.
 */
public final class SideBySide {

    private static final String TURNS = "50";
    private static final String PROMPT = "Say something #long=100";
    /** The JavaScript SDK's, see {@code benchmarks/side-by-side}. */
    private static final OpenCodeVersion SDK_VERSION = new OpenCodeVersion("1.18.33");

    private static final int WARM_UP = 12;

    private final Contest contest;
    private final Contest.Side plain;
    private final Contest.Side quick;
    private final Contest.Side javascript;

    private SideBySide(RealOpenCode server, String client, int measured) {
        contest = new Contest(
                List.of(TURNS, PROMPT, String.valueOf(WARM_UP + measured)),
                Map.of("OPENCODE_BASE_URL", server.baseUri().toString(), "OPENCODE_SERVER_PASSWORD", server.password()),
                WARM_UP);
        plain = contest.side(JavaProcess.command(JavaClient.class));
        quick = contest.side(JavaProcess.command(JavaClient.class, "-XX:TieredStopAtLevel=1"));
        javascript = contest.side(List.of("node", client));
    }

    public static void main(String[] args) {
        try (ScriptedModel model =
                        ScriptedModel.builder().chunkPause(Duration.ofMillis(1)).start();
                RealOpenCode server = RealOpenCode.start(SDK_VERSION, model)) {
            SideBySide runs = new SideBySide(server, args[0], Integer.parseInt(args[2]));
            runs.plain.rehearse(); // The server's own first turns are slow, whoever asks.
            runs.contest.alternate(Integer.parseInt(args[1]), List.of(runs.plain, runs.javascript, runs.quick));
            runs.print();
        }
    }

    private void print() {
        bar("CPU of a warm round, times the JavaScript SDK's", run -> warm(run).cpu(), 0.2);
        bar(
                "wall time of a warm round, times the JavaScript SDK's",
                run -> warm(run).wall(),
                1);
        print("CPU, warm round", run -> warm(run).cpu());
        print("CPU, second round", run -> run.second().cpu());
        print("CPU, first round with the process's start", run -> run.cold().cpu());
        print("CPU, all rounds with the process's start", run -> run.all().cpu());
        print("wall, warm round", run -> warm(run).wall());
        print("wall, second round", run -> run.second().wall());
        print("wall, first round with the process's start", run -> run.cold().wall());
    }

    private Run.Figures warm(Run run) {
        return contest.warm(run);
    }

    private void bar(String what, ToDoubleFunction<Run> figure, double limit) {
        Bar.atMost(what, plain.median(figure) / javascript.median(figure), limit, "");
    }

    private void print(String what, ToDoubleFunction<Run> figure) {
        double theirs = javascript.median(figure);
        double ours = plain.median(figure);
        double oursQuick = quick.median(figure);
        System.out.printf(
                "| %s | %.0f ms | %.0f ms | %.2f | %.0f ms | %.2f | %.1f |%n",
                what, theirs, ours, ours / theirs, oursQuick, oursQuick / theirs, Usage.load());
    }
}
