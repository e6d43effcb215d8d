package dev.opencode4j.benchmarks.ways;

import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.cli.OpenCodeCli;
import dev.opencode4j.core.Agent;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealCommandLine;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How many prompts a second one real OpenCode takes through a server, and how many through its command line, each in a
 * session of its own. Prints the rows of a table. Arguments: prompts for the server, prompts for the command line.
 */
public final class Ways {

    private static final OpenCodeVersion VERSION = OpenCodeVersion.latest();
    private static final String PROMPT = "Say something #words=20";
    private static final int[] AT_ONCE = {1, 8};

    private Ways() {}

    public static void main(String[] args) throws Exception {
        int served = Integer.parseInt(args[0]);
        int run = Integer.parseInt(args[1]);
        try (ScriptedModel model = ScriptedModel.start()) {
            try (RealOpenCode server = RealOpenCode.start(VERSION, model);
                    Agent agent = connect(server)) {
                measure("server", agent, served);
            }
            try (RealCommandLine line = RealCommandLine.create(VERSION, model);
                    Agent agent = commandLine(line)) {
                measure("command line", agent, run);
            }
        }
    }

    private static Agent connect(RealOpenCode server) {
        return OpenCodeServer.of(OpenCodeClient.builder()
                .baseUrl(server.baseUri().toString())
                .username(RealOpenCode.USER)
                .password(server.password())
                .build());
    }

    private static Agent commandLine(RealCommandLine line) {
        var builder = OpenCodeCli.builder()
                .binary(line.binary())
                .home(line.home())
                .directory(line.directory())
                .config(Json.parse(line.config()));
        line.environment().forEach(builder::environment);
        return builder.build();
    }

    private static void measure(String way, Agent agent, int prompts) throws Exception {
        prompt(agent); // The first one is slow, whichever way it goes.
        for (int atOnce : AT_ONCE) {
            double[] millis = new double[prompts];
            long start = System.nanoTime();
            ExecutorService threads = Executors.newFixedThreadPool(atOnce);
            var all = IntStream.range(0, prompts)
                    .mapToObj(i -> threads.submit(() -> millis[i] = prompt(agent)))
                    .toList();
            for (Future<?> one : all) one.get();
            threads.shutdown();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %.1f | %.0f ms | %.1f |%n",
                    way,
                    atOnce,
                    prompts,
                    prompts / seconds,
                    Usage.quantile(millis, 0.5),
                    Usage.load());
        }
    }

    /** How long one took, in milliseconds. */
    private static double prompt(Agent agent) {
        long start = System.nanoTime();
        try (AgentSession session = agent.open(SessionOptions.DEFAULT)) {
            String text = session.run(PROMPT).text();
            if (text.split(" ").length != 20) throw new IllegalStateException("text was lost: " + text);
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
