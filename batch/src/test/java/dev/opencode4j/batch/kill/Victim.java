package dev.opencode4j.batch.kill;

import dev.opencode4j.batch.Batch;
import dev.opencode4j.batch.BatchPrompt;
import dev.opencode4j.batch.BatchRun;
import dev.opencode4j.core.Capabilities;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** A program that runs a batch, resuming it if it has died before. */
final class Victim {

    static final int PROMPTS = 200;
    static final int PARALLEL = 8;

    private Victim() {}

    public static void main(String[] arguments) {
        boolean reattaches = Boolean.parseBoolean(arguments[2]);
        boolean runsTools = Boolean.parseBoolean(arguments[3]);
        Capabilities capabilities = new Capabilities(false, true, reattaches, runsTools, false, false, false);
        try (RemoteAgent agent = new RemoteAgent(URI.create(arguments[0]), capabilities);
                BatchRun run = Batch.of(agent)
                        .results(Path.of(arguments[1]))
                        .parallel(PARALLEL)
                        .resume()
                        .build()
                        .start(IntStream.range(0, PROMPTS).mapToObj(i -> BatchPrompt.of("id" + i, "prompt " + i)))) {
            run.result();
        }
    }
}
