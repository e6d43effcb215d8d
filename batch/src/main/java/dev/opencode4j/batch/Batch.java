package dev.opencode4j.batch;

import dev.opencode4j.batch.internal.file.Memory;
import dev.opencode4j.batch.internal.input.Lines;
import dev.opencode4j.batch.internal.work.Dispatcher;
import dev.opencode4j.batch.internal.work.Equipment;
import dev.opencode4j.batch.internal.work.Settings;
import dev.opencode4j.core.Agent;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many prompts on one machine, each in a session of its own and each with exactly one result, whatever happens.
 *
 * <p>Before a prompt is sent, its session is in the ledger; when it has ended, its result is in the results file, and that
 * file alone says what is finished. So a batch that died at any moment, {@code kill -9} included, is {@linkplain
 * Builder#resume() resumed}: what is finished is not run again. What was with the agent is
 *
 * <ul>
 *   <li>joined again where the agent can (see {@code Capabilities.reattach});
 *   <li>run again, and its result marked as a rerun, where the agent runs no tools;
 *   <li>else a failure of class {@code AmbiguousSubmitException}, unless the {@linkplain Builder#retry policy} reruns.
 * </ul>
 *
 * <p>The input is read as it is needed, one line of JSON a prompt: {@code {"id","prompt","model"?,"agent"?,"schema"?}}. Of
 * finished prompts only the ids stay in memory. Immutable; each {@code start} is a run, but a pair of files serves one at
 * a time.
 */
public final class Batch {

    private final Agent agent;
    private final Path results;
    private final Path ledger;
    private final boolean resumes;
    private final int parallel;
    private final ProviderLimits providers;
    private final RetryPolicy retry;
    private final SessionOptions session;
    private final OnBadLine onBadLine;
    private final BatchListener listener;
    private final @Nullable Ticker ticker;
    private final InstantSource clock;

    private Batch(Builder builder, Path results) {
        this.agent = builder.agent;
        this.results = results;
        this.ledger = builder.ledger == null ? beside(results) : builder.ledger;
        this.resumes = builder.resumes;
        this.parallel = builder.parallel;
        this.providers = builder.providers;
        this.retry = builder.retry;
        this.session = builder.session;
        this.onBadLine = builder.onBadLine;
        this.listener = builder.listener;
        this.ticker = builder.ticker;
        this.clock = builder.clock;
    }

    private static Path beside(Path results) {
        return results.resolveSibling(results.getFileName() + ".ledger");
    }

    /** Starts to describe a batch that {@code agent} runs; the agent stays the caller's to close. */
    public static Builder of(Agent agent) {
        return new Builder(agent);
    }

    /**
     * Starts to run the prompts in {@code lines}, UTF-8, which stays the caller's to close.
     *
     * @throws IllegalArgumentException if the files are of an earlier run and this is not to resume it
     * @throws IllegalStateException if another run is using the files
     * @throws UncheckedIOException if the files can't be opened, or are something else
     */
    public BatchRun start(InputStream lines) {
        return start(Lines.of(lines));
    }

    /** Starts to run {@code prompts}, which are taken as they are needed, on another thread. Throws as the other does. */
    public BatchRun start(Stream<BatchPrompt> prompts) {
        return start(Lines.of(prompts));
    }

    /**
     * Runs the prompts in a file of lines, and waits for the end. If the thread is interrupted, the batch is.
     *
     * @throws UncheckedIOException if the file can't be read
     * @throws RuntimeException what {@link #start(InputStream)} and {@link BatchRun#result()} throw
     */
    public BatchSummary run(Path prompts) {
        try (InputStream lines = Files.newInputStream(prompts);
                BatchRun run = start(lines)) {
            return run.result();
        } catch (IOException e) {
            throw new UncheckedIOException("the prompts in '" + prompts + "' can't be read", e);
        }
    }

    private BatchRun start(Lines lines) {
        Memory memory = remember();
        ScheduledExecutorService timer = Threads.timer("opencode4j-batch-timer");
        Settings settings =
                new Settings(parallel, providers, onBadLine, listener, ticker == null ? Ticker.system(timer) : ticker);
        Equipment equipment = new Equipment(agent, session, retry, memory, clock);
        return BatchRun.start(new Dispatcher(lines, settings, equipment), memory, timer::shutdownNow);
    }

    private Memory remember() {
        try {
            return resumes ? Memory.resume(ledger, results) : Memory.begin(ledger, results);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Describes a {@link Batch}. Not for use by several threads. */
    public static final class Builder {

        private final Agent agent;
        private @Nullable Path results;
        private @Nullable Path ledger;
        private boolean resumes;
        private int parallel = 10;
        private ProviderLimits providers = ProviderLimits.NONE;
        private RetryPolicy retry = RetryPolicy.DEFAULT;
        private SessionOptions session = SessionOptions.DEFAULT;
        private OnBadLine onBadLine = OnBadLine.SKIP;
        private BatchListener listener = BatchListener.NONE;
        private @Nullable Ticker ticker;
        private InstantSource clock = InstantSource.system();

        private Builder(Agent agent) {
            this.agent = Objects.requireNonNull(agent, "agent");
        }

        /** Where the results go, one line of JSON each, in the order in which they come. Needed. */
        public Builder results(Path value) {
            results = Objects.requireNonNull(value, "results");
            return this;
        }

        /** Where the ledger is; by default beside the results, with {@code .ledger} after their name. */
        public Builder ledger(Path value) {
            ledger = Objects.requireNonNull(value, "ledger");
            return this;
        }

        /** Goes on with the run that wrote the files, if there was one; without this, files that are not empty are refused. */
        public Builder resume() {
            resumes = true;
            return this;
        }

        /** How many prompts may be with the agent at once; 10 by default. */
        public Builder parallel(int value) {
            parallel = Arguments.positive(value, "parallel");
            return this;
        }

        /** How many of them may be with one provider; by default all. */
        public Builder providers(ProviderLimits value) {
            providers = Objects.requireNonNull(value, "providers");
            return this;
        }

        /**
         * How often a failed prompt is tried again; twice by default. Only what a retry can mend is, and, unless the policy
         * reruns, only what had no effects: refusals, and for agents that run no tools every retryable failure. A rate
         * limit that ends at a known time is waited for, by all prompts of that provider.
         */
        public Builder retry(RetryPolicy value) {
            retry = Objects.requireNonNull(value, "retry");
            return this;
        }

        /** How sessions are opened; each gets the prompt's id as its title if these have none. */
        public Builder session(SessionOptions value) {
            session = Objects.requireNonNull(value, "session");
            return this;
        }

        /** What happens about lines that are no prompts; by default they are skipped. */
        public Builder onBadLine(OnBadLine value) {
            onBadLine = Objects.requireNonNull(value, "onBadLine");
            return this;
        }

        /** Who hears of the progress. */
        public Builder listener(BatchListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /** The time, for tests. */
        Builder time(Ticker pauses, InstantSource ofDay) {
            ticker = pauses;
            clock = ofDay;
            return this;
        }

        /**
         * The batch.
         *
         * @throws IllegalArgumentException if there are no results to write to
         */
        public Batch build() {
            if (results == null) throw new IllegalArgumentException("results: must be given");
            return new Batch(this, results);
        }
    }
}
