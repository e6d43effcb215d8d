package dev.opencode4j.benchmarks.sidebyside;

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

/**
 * One real server, and both clients in turn, each in a process of its own and each first in every other round. Arguments:
 * the folder where the JavaScript client stands beside the SDK that was installed for it, and the number of rounds.
 */
public final class SideBySide {

    private static final int TURNS = 50;
    private static final String PROMPT = "Say something #long=100";

    /** What one process said of itself: up to the end of its first round, and of its second round. */
    private record Run(double coldWall, double coldCpu, double wall, double cpu, long characters) {}

    private SideBySide() {}

    public static void main(String[] args) {
        Path javascript = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        List<Run> ours = new ArrayList<>();
        List<Run> theirs = new ArrayList<>();
        try (ScriptedModel model =
                        ScriptedModel.builder().chunkPause(Duration.ofMillis(1)).start();
                RealOpenCode server = RealOpenCode.start(OpenCodeVersion.V1_18_33, model)) {
            List<String> java = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    JavaClient.class.getName());
            List<String> node = List.of("node", javascript.resolve("client.mjs").toString());
            run(java, server); // The server's own first turns are slow, whoever asks.
            for (int round = 0; round < rounds; round++) {
                boolean weAreFirst = round % 2 == 0;
                if (weAreFirst) ours.add(run(java, server));
                theirs.add(run(node, server));
                if (!weAreFirst) ours.add(run(java, server));
            }
        }
        print("CPU of a round, warm", ours, theirs, Run::cpu);
        print("wall time of a round, warm", ours, theirs, Run::wall);
        print("CPU from the process's start", ours, theirs, Run::coldCpu);
        print("wall time from the process's start", ours, theirs, Run::coldWall);
    }

    private static Run run(List<String> client, RealOpenCode server) {
        List<String> command = new ArrayList<>(client);
        command.add(String.valueOf(TURNS));
        command.add(PROMPT);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OPENCODE_BASE_URL", server.baseUri().toString());
        builder.environment().put("OPENCODE_SERVER_PASSWORD", server.password());
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] figures = said.strip().split("\\s+", -1);
            if (figures.length != 6) throw new IllegalStateException(client.get(0) + " said: " + said);
            if (!figures[2].equals(figures[5])) throw new IllegalStateException("text was lost: " + said);
            return new Run(
                    Double.parseDouble(figures[0]),
                    Double.parseDouble(figures[1]),
                    Double.parseDouble(figures[3]),
                    Double.parseDouble(figures[4]),
                    Long.parseLong(figures[5]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(String what, List<Run> ours, List<Run> theirs, ToDoubleFunction<Run> figure) {
        if (ours.get(0).characters() != theirs.get(0).characters()) throw new IllegalStateException("texts differ");
        double mine = median(ours, figure);
        double other = median(theirs, figure);
        System.out.printf(
                "| %s | %.0f ms | %.0f ms | %.2f | %.1f |%n", what, mine, other, mine / other, Usage.load());
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Usage.quantile(runs.stream().mapToDouble(figure).toArray(), 0.5);
    }
}
