package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** A key that the other side sends back in every way it can is nowhere in what we say. */
class SecretsTest {

    private static final String BACK = "your key " + Rig.KEY + " is bad";

    private static final String BACK_JSON = "{\"error\":{\"message\":\"" + BACK + "\",\"code\":\"" + Rig.KEY + "\"}}";

    private static String everything(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        if (error instanceof AgentException ours) text.append(ours.reason()).append(ours.hint());
        if (error instanceof ProtocolException protocol) text.append(protocol.raw());
        return text.toString();
    }

    @Test
    void theKeyIsNowhere() {
        List<Peer.Scene> scenes = new ArrayList<>();
        for (int status : new int[] {302, 400, 401, 402, 403, 429, 500, 503}) {
            scenes.add(Peer.refusing(status, BACK_JSON));
            scenes.add(Peer.refusing(status, BACK));
        }
        scenes.add(stage -> {
            stage.stream();
            stage.frame(BACK_JSON);
        });
        scenes.add(stage -> {
            stage.stream();
            stage.frame(BACK);
        });
        scenes.add(stage -> {
            stage.head(200, "text/html");
            stage.text(BACK);
        });
        scenes.add(stage -> {
            stage.head(200, "application/json");
            stage.text(BACK_JSON);
        });
        scenes.add(stage -> stage.reset());
        List<String> said = new CopyOnWriteArrayList<>();
        Instrumentation watcher = (name, payload) -> {
            said.add(name + payload);
            return error -> said.add(error == null ? "" : everything(error));
        };
        try (Logs logs = new Logs();
                Rig rig = Rig.with(
                        settings -> settings.instrumentation(watcher).retry(RetryPolicy.DEFAULT.withRetries(1)),
                        scenes.toArray(Peer.Scene[]::new))) {
            said.add(rig.zen + " " + rig.session + " " + Zen.builder().apiKey(Rig.KEY));
            for (int i = 0; i < scenes.size(); i++) {
                Played played = rig.play("Hi");
                for (AgentEvent event : played.events()) {
                    said.add(event.toString());
                    if (event instanceof TurnFailed failed) said.add(everything(failed.error()));
                }
            }
            assertThat(rig.peer.received().get(0).head()).contains(Rig.KEY);
            said.addAll(logs.records);
        }
        assertThat(said).anyMatch(text -> text.contains("[redacted]")).noneMatch(text -> text.contains(Rig.KEY));
    }

    @Test
    void aKeyThatCanNotBeSentIsNotSaidEither() {
        assertThatThrownBy(() -> Zen.builder().apiKey("two\nlines"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("apiKey")
                .doesNotContain("two");
    }

    /** Everything that anybody logs, down to the finest. */
    private static final class Logs extends Handler implements AutoCloseable {

        private final List<String> records = new CopyOnWriteArrayList<>();
        private final SimpleFormatter formatter = new SimpleFormatter();
        private final Logger logger = Logger.getLogger("dev.opencode4j");

        Logs() {
            setLevel(Level.ALL);
            logger.setLevel(Level.ALL);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord message) {
            records.add(formatter.format(message));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
