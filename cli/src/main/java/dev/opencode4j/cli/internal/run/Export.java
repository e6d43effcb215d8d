package dev.opencode4j.cli.internal.run;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.RunConfig;
import dev.opencode4j.cli.internal.process.Captured;
import dev.opencode4j.cli.internal.process.Command;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.part.Excerpt;
import dev.opencode4j.core.work.RetryPolicy;
import dev.opencode4j.server.internal.v1.MessageReader;
import dev.opencode4j.server.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for what a session holds. That changes nothing, so it is tried again when it fails, and the agent is not. */
public final class Export {

    private static final RetryPolicy POLICY =
            RetryPolicy.DEFAULT.withBase(Duration.ofMillis(200)).withCap(Duration.ofSeconds(1));
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A colour's code, which ends in a letter, stands right before it (1.15.13, 1.18.33). */
    private static final Pattern NOT_FOUND = Pattern.compile("session not found\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]*");
    private static final int QUOTED = 300;

    private final CliSettings settings;

    /** Asks the program of these settings. */
    public Export(CliSettings settings) {
        this.settings = settings;
    }

    /**
     * The messages of a session, oldest first.
     *
     * @param left the time that is left for it
     * @throws SessionNotFoundException if there is no such session
     * @throws AgentException if it could not be read, also not at the third try
     */
    public List<Message> messages(String session, Supplier<Duration> left) throws InterruptedException {
        if (!ID.matcher(session).matches()) throw notFound(session, Where.of("opencode", "export"));
        for (int failures = 1; ; failures++) {
            try {
                return once(session, left.get());
            } catch (SessionNotFoundException e) {
                throw e;
            } catch (AgentException e) {
                Optional<Duration> pause = POLICY.pauseAfter(failures, null, left.get(), ThreadLocalRandom.current());
                if (pause.isEmpty()) throw e;
                Thread.sleep(pause.get().toMillis());
            }
        }
    }

    private List<Message> once(String session, Duration left) throws InterruptedException {
        Command command = Command.of(
                List.of(settings.binary().toString(), "export", session),
                settings.environment(RunConfig.ofReading(settings)),
                settings.directory());
        Duration limit = left.compareTo(LIMIT) < 0 ? left : LIMIT;
        Captured captured = Captured.run(command, limit, settings.instrumentation());
        Where where = new Where("opencode", "export " + session, captured.exitCode());
        if (captured.exitCode() != 0) {
            String said = settings.redaction().apply(captured.errors()).strip();
            if (NOT_FOUND.matcher(said).find()) throw notFound(session, where);
            throw ServerException.retryable("the session can't be exported: " + Excerpt.of(said, QUOTED), where);
        }
        return read(captured.output(), where);
    }

    private static List<Message> read(String output, Where where) {
        try {
            JsonNode messages = JSON.readTree(output).path("messages");
            if (!messages.isArray()) throw unreadable(output, where, null);
            return MessageReader.list(JSON.writeValueAsBytes(messages));
        } catch (JacksonException e) {
            throw unreadable(output, where, e);
        }
    }

    private static ProtocolException unreadable(String output, Where where, @Nullable Exception cause) {
        return new ProtocolException("the export is no session in JSON", where, output, cause);
    }

    private static SessionNotFoundException notFound(String session, Where where) {
        return new SessionNotFoundException("there is no session '" + session + "'", where, null);
    }
}
