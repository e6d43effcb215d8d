package dev.opencode4j.cli.internal.run;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.Order;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.part.StoredParts;
import dev.opencode4j.core.reply.Reply;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * The record of one run, in a file of its own: what was asked, what was answered, what it used and how it ended. Written
 * once, when the run is over, whatever became of it. A folder that can't be written to costs a warning.
 */
final class Transcript {

    private static final System.Logger LOG = System.getLogger(Transcript.class.getName());
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX");

    private final CliSettings settings;
    private final Order order;
    private final int attempt;
    private final OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC);

    Transcript(CliSettings settings, Order order, int attempt) {
        this.settings = settings;
        this.order = order;
        this.attempt = attempt;
    }

    /** Writes it if the settings say where to. */
    void write(String session, Reply reply, @Nullable Throwable failure) {
        Path folder = settings.transcripts();
        if (folder == null) return;
        String name = FILE_TIME.format(start) + '-' + UUID.randomUUID() + ".json";
        try {
            Files.createDirectories(folder);
            String text = settings.redaction().apply(JSON.writeValueAsString(record(session, reply, failure)));
            Files.writeString(folder.resolve(name), text + '\n', StandardOpenOption.CREATE_NEW);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The record of a run can''t be written into {0}: {1}", folder, e);
        }
    }

    private ObjectNode record(String session, Reply reply, @Nullable Throwable failure) {
        ObjectNode to = JSON.createObjectNode();
        to.put("startedAt", start.toString());
        to.put("endedAt", OffsetDateTime.now(ZoneOffset.UTC).toString());
        to.put("attempt", attempt);
        if (!session.isEmpty()) to.put("session", session);
        if (order.model() != null) to.put("model", order.model().toString());
        if (order.agent() != null) to.put("agent", order.agent());
        to.put("prompt", order.prompt().text());
        to.put("outcome", outcome(failure));
        if (failure instanceof AgentException error) {
            to.put("error", error.getClass().getSimpleName());
            to.put("message", error.getMessage());
        }
        to.set("usage", JSON.valueToTree(reply.usage()));
        to.put("cost", reply.cost());
        if (reply.finish() != null) to.put("finish", reply.finish());
        to.putRawValue("parts", new RawValue(StoredParts.write(reply.parts())));
        return to;
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) return "completed";
        return failure instanceof InterruptedException ? "interrupted" : "failed";
    }
}
