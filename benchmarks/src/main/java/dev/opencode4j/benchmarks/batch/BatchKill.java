package dev.opencode4j.benchmarks.batch;

import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.command.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A batch that is killed at a random moment and resumed, several times over. Arguments: the agent ({@code real},
 * {@code zen} or {@code impostor}), how many prompts, how many rounds. Prints a row for each round, and fails if a result is missing, or a
 * prompt came twice and its result does not say so.
 */
public final class BatchKill {

    private static final int PARALLEL = 50;
    private static final long POLL_MILLIS = 1;
    private static final int MINUTES = 30;

    private final Witness witness;
    private final int prompts;
    private final Path folder;

    private BatchKill(Witness witness, int prompts, Path folder) {
        this.witness = witness;
        this.prompts = prompts;
        this.folder = folder;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("batch-kill");
        System.out.println("| round | killed after | results | completed | ambiguous | reruns | came twice | secretly"
                + " | seconds | load |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        boolean isGood = true;
        try (Witness witness = witness(arguments[0])) {
            BatchKill kill = new BatchKill(witness, Integer.parseInt(arguments[1]), folder);
            for (int round = 1; round <= Integer.parseInt(arguments[2]); round++) isGood &= kill.round(round);
        }
        System.exit(isGood ? 0 : 1);
    }

    private static Witness witness(String agent) {
        return switch (agent) {
            case "real" -> new RealWitness();
            case "zen" -> new ZenWitness();
            case "impostor" -> new ImpostorWitness();
            default -> throw new IllegalArgumentException("agent: must be real, zen or impostor, was '" + agent + "'");
        };
    }

    /** One round; returns whether all is as promised. */
    private boolean round(int round) throws IOException, InterruptedException {
        Path input = folder.resolve("prompts-" + round + ".jsonl");
        Path results = folder.resolve("results-" + round + ".jsonl");
        Files.write(
                input, IntStream.range(0, prompts).mapToObj(i -> line(round, i)).toList());
        long start = System.nanoTime();
        int moment = 1 + new Random().nextInt(prompts);
        int killedAfter = runUntil(witness.received() + moment, input, results);
        finish(input, results);
        Outcome outcome = Outcome.read(results, round, prompts, witness);
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %s | %.0f | %.1f |%n",
                round,
                killedAfter,
                outcome.row(),
                (System.nanoTime() - start) / 1e9,
                Usage.load());
        return outcome.isAsPromised(prompts);
    }

    private static String line(int round, int number) {
        return "{\"id\":\"" + number + "\",\"prompt\":\"" + prompt(round, number) + "\"}";
    }

    /** A text that is in no other one. */
    static String prompt(int round, int number) {
        return "round " + round + " prompt " + number + ".";
    }

    private int runUntil(int received, Path input, Path results) throws IOException, InterruptedException {
        int before = witness.received();
        Process process = start(input, results);
        try {
            while (process.isAlive() && witness.received() < received) Thread.sleep(POLL_MILLIS);
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        return witness.received() - before;
    }

    private void finish(Path input, Path results) throws IOException, InterruptedException {
        Process process = start(input, results);
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) throw new IllegalStateException("it does not end");
        } finally {
            process.destroyForcibly();
        }
        int code = process.exitValue();
        if (code != 0 && code != 3) throw new IllegalStateException("exit code " + code + ":\n" + log());
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private Process start(Path input, Path results) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "batch",
                input.toString(),
                "--out",
                results.toString(),
                "--resume",
                "--parallel",
                Integer.toString(PARALLEL)));
        command.addAll(witness.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(witness.environment());
        return builder.start();
    }
}
