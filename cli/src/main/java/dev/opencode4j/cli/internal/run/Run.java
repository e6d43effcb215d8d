package dev.opencode4j.cli.internal.run;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.Flags;
import dev.opencode4j.cli.internal.config.Order;
import dev.opencode4j.cli.internal.config.RunConfig;
import dev.opencode4j.cli.internal.process.Child;
import dev.opencode4j.cli.internal.process.Command;
import dev.opencode4j.cli.internal.process.GrowingLines;
import dev.opencode4j.cli.internal.process.RunFolder;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.part.Excerpt;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.core.work.TurnWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of an agent by the command line. */
final class Run {

    /** How often the output is looked at: what a reader of the events waits at most, on the average half of it. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** How long a run that has said all may take to end. */
    private static final Duration PARTING = Duration.ofSeconds(5);

    private static final int QUOTED = 600;

    private final CliSettings settings;
    private final Flags flags;
    private final Order order;
    private final TurnWriter writer;
    private final TurnLimits limits;

    Run(CliSettings settings, Flags flags, Order order, TurnWriter writer, TurnLimits limits) {
        this.settings = settings;
        this.flags = flags;
        this.order = order;
        this.writer = writer;
        this.limits = limits;
    }

    /**
     * Runs the agent to its end.
     *
     * @param session the session to go on with, or null for a new one
     * @param onSession told the session's id as soon as it is known
     * @throws AgentException if it failed
     * @throws InterruptedException if it is to stop; all that it started is ended then
     */
    void run(@Nullable String session, Consumer<String> onSession) throws InterruptedException {
        Account account = new Account(writer, limits, session, onSession);
        // A session's times have milliseconds.
        Instant since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (RunFolder folder = RunFolder.create()) {
            Command command = RunCommand.of(settings, flags, order, session, folder);
            Path output = folder.newFile("out");
            End end = follow(command, output, account);
            settle(account, end, since);
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException();
        } catch (IOException e) {
            throw new UncheckedIOException("the files of a run can't be used", e);
        }
    }

    private record End(int exitCode, String errors) {}

    private End follow(Command command, Path output, Account account) throws IOException, InterruptedException {
        limits.accepted();
        try (Child child = Child.start(command, output);
                GrowingLines lines = GrowingLines.open(output)) {
            long settledAt = -1;
            while (!child.awaitExit(BETWEEN_LOOKS)) {
                lines.read(account::line);
                if (!account.isSettled()) settledAt = -1;
                else if (settledAt < 0) settledAt = System.nanoTime();
                else if (System.nanoTime() - settledAt > PARTING.toNanos()) return new End(0, "");
            }
            lines.finish(account::line);
            return new End(child.exitCode(), child.errors());
        } finally {
            limits.quiet();
        }
    }

    private void settle(Account account, End end, Instant since) throws InterruptedException {
        if (account.otherAgent() != null) {
            throw new BadRequestException(
                    "agent '" + RunConfig.agentOf(settings, order) + "' not found, or only for sub-agents; '"
                            + account.otherAgent() + "' would have been used",
                    null,
                    null);
        }
        String session = account.session();
        if (session == null) throw withoutSession(end);
        AgentException exportFailed = account.isSettled() ? null : export(account, session, since);
        AgentException error = account.error();
        if (error != null) throw error;
        boolean endedWell = account.isSettled() || (end.exitCode() == 0 && account.isWhole());
        if (!account.isFinal() && !endedWell) throw exportFailed != null ? exportFailed : unfinished(end);
        if (exportFailed != null) writer.tell(new ErrorReported(exportFailed));
    }

    /** What went wrong; null if nothing did. */
    private @Nullable AgentException export(Account account, String session, Instant since)
            throws InterruptedException {
        try {
            account.stored(new Export(settings).messages(session, limits::left), since);
            return null;
        } catch (AgentException e) {
            return e;
        }
    }

    private AgentException withoutSession(End end) {
        String said = said(end);
        return ServerException.fatal(
                "the run ended without a session" + (said.isEmpty() ? "" : ": " + said), where(end));
    }

    private AgentException unfinished(End end) {
        String said = said(end);
        return ServerException.fatal(
                "the run ended before the answer was whole" + (said.isEmpty() ? "" : ": " + said), where(end));
    }

    private static Where where(End end) {
        return new Where("opencode", "run", end.exitCode());
    }

    private String said(End end) {
        return Excerpt.of(settings.redaction().apply(end.errors()).strip(), QUOTED);
    }
}
