package dev.opencode4j.cli.internal.run;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.Flags;
import dev.opencode4j.cli.internal.config.Order;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.event.Retrying;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.TurnLimits;
import dev.opencode4j.core.work.TurnWriter;
import dev.opencode4j.core.work.WorkedTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A turn by the command line: one run of the agent, and more only if the caller wants an agent run again. */
public final class CliWork implements WorkedTurn.Work {

    private final CliSettings settings;
    private final Flags flags;
    private final Order order;
    private final SessionName session;

    /** A turn of a session, which it names if it is the session's first. */
    public CliWork(CliSettings settings, Flags flags, Order order, SessionName session) {
        this.settings = settings;
        this.flags = flags;
        this.order = order;
        this.session = session;
    }

    @Override
    public void run(TurnWriter writer, TurnLimits limits) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                once(failures, writer, limits);
                return;
            } catch (AgentException e) {
                if (!settings.retry().reruns() || isFinal(e)) throw e;
                Optional<Duration> pause = settings.retry()
                        .pauseAfter(failures, e.retryAt().orElse(null), limits.left(), ThreadLocalRandom.current());
                if (pause.isEmpty()) throw e;
                writer.attemptFailed(e);
                writer.tell(new Retrying(failures, e.reason(), Instant.now().plus(pause.get())));
                Thread.sleep(pause.get().toMillis());
            }
        }
    }

    private void once(int attempt, TurnWriter writer, TurnLimits limits) throws InterruptedException {
        Transcript transcript = new Transcript(settings, order, attempt);
        Instrumentation.Observation observation =
                settings.instrumentation().started("opencode.run", Map.of("attempt", attempt));
        Throwable failure = null;
        try {
            new Run(settings, flags, order, writer, limits).run(session.orNull(), session::is);
        } catch (AgentException | InterruptedException e) {
            failure = e;
            throw e;
        } finally {
            observation.ended(failure);
            transcript.write(session.orEmpty(), writer.reply(), failure);
        }
    }

    /** What another run of the same would meet too. */
    private static boolean isFinal(AgentException error) {
        return error instanceof AuthenticationException
                || error instanceof BillingException
                || error instanceof BadRequestException
                || error instanceof OutputLimitException
                || error instanceof SessionNotFoundException
                || error instanceof UnsupportedFeatureException
                || error instanceof InterruptedTurnException;
    }
}
