package dev.opencode4j.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.ClientBuilder;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Ending;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whatever goes well or wrong in turns, the password is in nothing that a program, a log or a watcher is told. */
class SecretTurnsTest {

    private static final String PASSWORD = "pa55-0f-turns";
    private static final String TOKEN = encoded("opencode:" + PASSWORD);

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void thePasswordIsSentAndNotTold() {
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(entry.getMessage() + " " + (entry.getThrown() == null ? "" : textOf(entry.getThrown())));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("dev.opencode4j");
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        root.addHandler(log);
        Impostor impostor = Impostor.builder().password(PASSWORD).start();
        try (Stage stage = Stage.open(impostor, this::configure);
                OpenCodeServer agent = OpenCodeServer.of(stage.client)) {
            told.add(stage.client + " " + agent);
            goesWell(stage, agent);
            goesWrong(stage, agent);
            assertThat(stage.impostor.requests())
                    .allSatisfy(request ->
                            assertThat(request.header("authorization")).contains("Basic " + TOKEN));
        } finally {
            root.removeHandler(log);
            ours.setLevel(before);
        }
        wrongPassword();
        assertThat(told).hasSizeGreaterThan(100);
        assertThat(String.join("\n", told)).doesNotContain(PASSWORD, TOKEN, encoded(PASSWORD));
    }

    private void configure(ClientBuilder builder) {
        builder.password(PASSWORD).requestTimeout(Duration.ofMillis(700)).instrumentation((name, payload) -> {
            told.add(name + payload);
            return error -> {
                if (error != null) told.add(textOf(error));
            };
        });
    }

    private void goesWell(Stage stage, OpenCodeServer agent) {
        stage.impostor.nextTurn(
                Answer.script().reasoning("Hm.").tool("bash", "out").askPermission("bash", "ls"));
        try (AgentSession session = agent.open(SessionOptions.DEFAULT)) {
            told.add(session.toString());
            play(session.start("Hi"));
        }
    }

    private void goesWrong(Stage stage, OpenCodeServer agent) {
        var prompts = RecordedRequest.prompts();
        String mirror = "{\"name\":\"UnknownError\",\"data\":{\"message\":\"" + TOKEN + " and " + PASSWORD + "\"}}";
        List<Runnable> faults = List.of(
                () -> stage.impostor
                        .faults()
                        .everyResponse(prompts, Response.status(400).json(mirror)),
                () -> stage.impostor
                        .faults()
                        .everyResponse(prompts, Response.status(401).json(mirror)),
                () -> stage.impostor
                        .faults()
                        .everyResponse(prompts, Response.status(500).json(mirror)),
                () -> stage.impostor
                        .faults()
                        .everyResponse(prompts, Response.status(200).html("<html>" + TOKEN)),
                () -> stage.impostor.faults().everyResponse(prompts, Response.closeWithoutAnswer()),
                () -> stage.impostor.faults().everyResponse(prompts, Response.never()),
                () -> stage.impostor.faults().nextPromptAnswerLost(),
                () -> stage.impostor.faults().refuseStreams(503).cut(Ending.RESET),
                () -> stage.impostor.nextTurn(Answer.error("UnknownError", "boom")));
        for (Runnable fault : faults) {
            try (AgentSession session = agent.open(SessionOptions.DEFAULT)) {
                fault.run();
                play(session.start(Prompt.of("Hi")));
            } finally {
                stage.impostor.faults().heal();
            }
        }
        stage.impostor.goDown();
        tell(() -> agent.open(SessionOptions.DEFAULT));
    }

    private void wrongPassword() {
        try (Impostor impostor = Impostor.builder().password("another").start();
                OpenCodeClient client =
                        Stage.builder(impostor).password(PASSWORD).build()) {
            tell(() -> client.createSession("x"));
            play(client.start("ses_1", Prompt.of("Hi"), Stage.options()));
        }
    }

    private void tell(Runnable failing) {
        try {
            failing.run();
            throw new AssertionError("it was to fail");
        } catch (AgentException e) {
            told.add(textOf(e));
        }
    }

    private void play(Turn turn) {
        told.add(turn.toString());
        for (AgentEvent event : turn) {
            told.add(event.toString());
            if (event instanceof TurnFailed failed) told.add(textOf(failed.error()));
        }
        try {
            told.add(turn.result().toString());
        } catch (AgentException e) {
            told.add(textOf(e));
        }
    }

    /** With causes and what was suppressed. */
    private static String textOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
