package dev.opencode4j.benchmarks.sidebyside;

import dev.opencode4j.benchmarks.Bar;
import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One real server, and the clients in turn, each in a process of its own and in another order each time. Prints the lines
 * of a table. Arguments: the JavaScript client, which stands beside the SDK that was installed for it; how many processes
 * of each; how many rounds are measured in each process, after those that warm it up.
 */
public final class SideBySide {

    private static final int TURNS = 50;
    private static final String PROMPT = "Say something #long=100";

    /** Until then the just-in-time compilers of both are at work, which is a cost of starting and not of a turn. */
    private static final int WARM_UP = 12;

    private final RealOpenCode server;
    private final int measured;
    private final List<Run> plain = new ArrayList<>();
    private final List<Run> quick = new ArrayList<>();
    private final List<Run> javascript = new ArrayList<>();

    private SideBySide(RealOpenCode server, int measured) {
        this.server = server;
        this.measured = measured;
    }

    public static void main(String[] args) {
        try (ScriptedModel model =
                        ScriptedModel.builder().chunkPause(Duration.ofMillis(1)).start();
                RealOpenCode server = RealOpenCode.start(OpenCodeVersion.V1_18_33, model)) {
            SideBySide runs = new SideBySide(server, Integer.parseInt(args[2]));
            runs.alternate(Path.of(args[0]), Integer.parseInt(args[1]));
            runs.print();
        }
    }

    private void alternate(Path client, int processes) {
        List<Runnable> sides = List.of(
                () -> plain.add(java(List.of())),
                () -> javascript.add(run(List.of("node", client.toString()))),
                () -> quick.add(java(List.of("-XX:TieredStopAtLevel=1"))));
        java(List.of()); // The server's own first turns are slow, whoever asks.
        for (int i = 0; i < processes; i++) {
            for (int side = 0; side < sides.size(); side++)
                sides.get((i + side) % sides.size()).run();
        }
    }

    private Run java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JavaClient.class.getName()));
        return run(command);
    }

    private Run run(List<String> client) {
        List<String> command = Stream.concat(
                        client.stream(), Stream.of(String.valueOf(TURNS), PROMPT, String.valueOf(WARM_UP + measured)))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OPENCODE_BASE_URL", server.baseUri().toString());
        builder.environment().put("OPENCODE_SERVER_PASSWORD", server.password());
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.err.println(client.get(0) + ": " + said.strip().replace("\n", ", "));
            return Run.read(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print() {
        if (plain.get(0).cold().characters() != javascript.get(0).cold().characters()) {
            throw new IllegalStateException("the two heard different texts");
        }
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

    private static Run.Figures warm(Run run) {
        return run.warm(WARM_UP);
    }

    private void bar(String what, ToDoubleFunction<Run> figure, double limit) {
        Bar.atMost(what, median(plain, figure) / median(javascript, figure), limit, "");
    }

    private void print(String what, ToDoubleFunction<Run> figure) {
        double theirs = median(javascript, figure);
        double ours = median(plain, figure);
        double oursQuick = median(quick, figure);
        System.out.printf(
                "| %s | %.0f ms | %.0f ms | %.2f | %.0f ms | %.2f | %.1f |%n",
                what, theirs, ours, ours / theirs, oursQuick, oursQuick / theirs, Usage.load());
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Usage.quantile(runs.stream().mapToDouble(figure).toArray(), 0.5);
    }
}
