package dev.opencode4j.command.doctor;

import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.OpenCodeServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A whole turn in a session that is deleted afterwards.
 *
 * @param options the session's
 */
record RoundTrip(SessionOptions options) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    static RoundTrip of(@Nullable Model model) {
        SessionOptions.Builder options =
                SessionOptions.builder().title("opencode4j doctor").timeouts(Timeouts.DEFAULT.withTurn(LIMIT));
        if (model != null) options.model(model);
        return new RoundTrip(options.build());
    }

    Finding with(OpenCodeServer agent) {
        try (AgentSession session = agent.open(options)) {
            long start = System.nanoTime();
            try {
                TurnResult result = session.run("Reply with the one word: ready");
                long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
                return Finding.good("Round trip", "answered in " + millis + " ms: " + Plain.line(result.text(), 50));
            } finally {
                agent.client().sessions().delete(session.id());
            }
        } catch (AgentException e) {
            return Finding.bad("Round trip", e.reason(), e.hint());
        }
    }
}
