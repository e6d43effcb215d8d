package dev.opencode4j.command.batch;

import dev.opencode4j.batch.Batch;
import dev.opencode4j.batch.BatchRun;
import dev.opencode4j.batch.BatchSummary;
import dev.opencode4j.batch.BatchSummary.Ending;
import dev.opencode4j.batch.OnBadLine;
import dev.opencode4j.command.agent.Agents;
import dev.opencode4j.command.agent.Errand;
import dev.opencode4j.command.exit.ExitCode;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.command.terminal.Stopping;
import dev.opencode4j.core.Agent;
import dev.opencode4j.core.work.RetryPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a file of prompts, each once, and can go on where it was stopped. */
@Command(
        name = "batch",
        description = "Run many prompts, each once, whatever happens.",
        footer = "%nA line of PROMPTS is {\"id\",\"prompt\",\"model\"?,\"agent\"?,\"schema\"?}; each gets one line in"
                + " RESULTS. Ctrl-C, a crash and kill -9 leave both files so that the same command with --resume goes"
                + " on.")
public final class BatchCommand implements Callable<Integer> {

    private static final String HOW_TO_GO_ON = "✗ interrupted; the same command with --resume goes on";

    @Parameters(paramLabel = "PROMPTS", description = "The file of prompts; '-' is standard input.")
    private String prompts = "-";

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "RESULTS",
            description = "The file of results; RESULTS.ledger beside it remembers what was begun.")
    private Path out = Path.of("results.jsonl");

    @Option(names = "--resume", description = "Go on with the run that wrote RESULTS, if there was one.")
    private boolean resume;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many prompts at once; 10 by default.")
    private int parallel = 10;

    @Option(
            names = "--per-provider",
            paramLabel = "[NAME=]N",
            converter = Limit.Text.class,
            description = "How many of them with each provider, or with the one named; may be repeated.")
    private List<Limit> limits = List.of();

    @Mixin
    private Errand errand = new Errand();

    @Option(
            names = {"-p", "--permissions"},
            paramLabel = "once|always|reject",
            defaultValue = "reject",
            description = "What agents are told when they ask for permission; by default reject.")
    private Permitted permissions = Permitted.REJECT;

    @Option(
            names = "--bad-lines",
            paramLabel = "skip|stop",
            defaultValue = "skip",
            description = "What to do about lines that are no prompts; by default skip.")
    private OnBadLine badLines = OnBadLine.SKIP;

    @ArgGroup
    private @Nullable Repeating repeating;

    /** How often a prompt is tried; one of both. */
    private static final class Repeating {

        @Option(
                names = "--retries",
                paramLabel = "N",
                description = "How often what was refused is tried again; 2 by default.")
        private @Nullable Integer retries;

        @Option(
                names = "--rerun",
                paramLabel = "N",
                description = "The same also for agents that may have had effects.")
        private @Nullable Integer reruns;

        RetryPolicy policy() {
            if (retries != null) return RetryPolicy.DEFAULT.withRetries(retries);
            return reruns == null ? RetryPolicy.DEFAULT : RetryPolicy.rerun(reruns);
        }
    }

    private final Caller caller;
    private final Agents agents;

    /** The command for a caller. */
    public BatchCommand(Caller caller, Agents agents) {
        this.caller = caller;
        this.agents = agents;
    }

    @Override
    public Integer call() {
        checkFiles();
        try (Stopping stopping = Stopping.watch(() -> note(HOW_TO_GO_ON));
                Input input = Input.of(prompts, caller)) {
            return agents.with(errand.via(), errand.directory(), agent -> run(agent, input, stopping))
                    .code();
        }
    }

    /** Before an agent is opened, which may start a server. */
    private void checkFiles() {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out: there is no folder '" + folder + "'");
        }
        if (!resume && out.toFile().length() > 0) {
            throw new IllegalArgumentException(
                    "--out: '" + out + "' is of an earlier run; go on with it (--resume), or name another file");
        }
    }

    private ExitCode run(Agent agent, Input input, Stopping stopping) {
        BatchSummary summary;
        Watching watching;
        try (Display display = display(input.total())) {
            watching = new Watching(display, input.total());
            try (BatchRun run = batch(agent, watching).start(input.stream())) {
                stopping.interruptsBy(run::interrupt);
                summary = run.result();
            }
        }
        note("batch: " + watching.tally(summary.progress()).summary() + "; results in " + out);
        if (summary.ending() == Ending.INTERRUPTED) note(HOW_TO_GO_ON);
        if (summary.ending() == Ending.BAD_LINE) note("✗ stopped at a line that is no prompt; mend it, then --resume");
        return code(summary);
    }

    private static ExitCode code(BatchSummary summary) {
        if (summary.ending() == Ending.INTERRUPTED) return ExitCode.INTERRUPTED;
        return summary.isFlawless() ? ExitCode.COMPLETED : ExitCode.PARTLY;
    }

    private Batch batch(Agent agent, Watching watching) {
        Batch.Builder batch = Batch.of(agent)
                .results(out)
                .parallel(parallel)
                .providers(Limit.all(limits))
                .retry(repeating == null ? RetryPolicy.DEFAULT : repeating.policy())
                .session(errand.session().permissions(permissions.policy()).build())
                .onBadLine(badLines)
                .listener(watching);
        if (resume) batch.resume();
        return batch.build();
    }

    private Display display(long total) {
        if (!caller.isTerminal(Standard.ERROR)) return new PlainDisplay(caller.err());
        return new BarDisplay(caller.err(), caller.columns(), total);
    }

    private void note(String line) {
        caller.err().line(line);
    }
}
