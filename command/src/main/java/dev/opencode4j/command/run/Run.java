package dev.opencode4j.command.run;

import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.exit.ExitCode;
import dev.opencode4j.command.terminal.BrokenPipeException;
import dev.opencode4j.command.terminal.Stopping;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.prompt.Prompt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One turn from its beginning to its exit code. Whatever goes wrong and whenever, the output is told of one end.
 *
 * @param output shows it
 * @param upstream opens what it runs on
 * @param sessionId the session to go on with, or null for a new one
 */
record Run(
        Output output,
        Supplier<? extends Upstream<?>> upstream,
        @Nullable String sessionId) {

    int execute(Supplier<Prompt> prompt, Supplier<SessionOptions> options) {
        try (Stopping stopping = Stopping.watch(this::lastWord)) {
            return execute(prompt, options, stopping).code();
        }
    }

    private ExitCode execute(Supplier<Prompt> prompt, Supplier<SessionOptions> options, Stopping stopping) {
        try {
            return run(prompt.get(), options.get(), stopping);
        } catch (BrokenPipeException e) {
            return ExitCode.BROKEN_PIPE;
        } catch (RuntimeException e) {
            return failed(e, stopping);
        }
    }

    private ExitCode failed(RuntimeException error, Stopping stopping) {
        boolean interrupted = stopping.isRequested();
        try {
            if (interrupted) output.interrupted();
            else output.failed(error);
        } catch (BrokenPipeException e) {
            return ExitCode.BROKEN_PIPE;
        }
        return interrupted ? ExitCode.INTERRUPTED : ExitCode.of(error);
    }

    private ExitCode run(Prompt prompt, SessionOptions options, Stopping stopping) {
        try (Upstream<?> opened = upstream.get();
                AgentSession session = sessionId == null
                        ? opened.agent().open(options)
                        : opened.agent().resume(sessionId, options);
                Turn turn = session.start(prompt)) {
            stopping.interruptsBy(turn::interrupt);
            ExitCode code = ExitCode.FAILED;
            for (AgentEvent event : turn) {
                AgentEvent told = event instanceof TurnFailed failed && stopping.isRequested()
                        ? new TurnInterrupted(failed.result())
                        : event;
                output.event(told);
                code = codeOf(told);
            }
            return code;
        }
    }

    private static ExitCode codeOf(AgentEvent event) {
        if (event instanceof TurnCompleted) return ExitCode.COMPLETED;
        if (event instanceof TurnInterrupted) return ExitCode.INTERRUPTED;
        return event instanceof TurnFailed failed ? ExitCode.of(failed.error()) : ExitCode.FAILED;
    }

    /** The program ends and the turn has not: it may be stuck where nothing can wake it, as in reading its prompt. */
    private void lastWord() {
        try {
            output.interrupted();
        } catch (BrokenPipeException e) {
            // Nobody listens.
        }
    }
}
