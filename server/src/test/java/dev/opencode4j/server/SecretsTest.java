package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.telemetry.Instrumentation;
import dev.opencode4j.server.internal.http.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A password and a private query reach the server and nothing else. */
class SecretsTest {

    private static final String PASSWORD = "pa55-w0rd";
    private static final String TOKEN =
            Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final String PRIVATE = "pr1vate";

    @Test
    void theyAreSentAndNotTold() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        Handler log = recording(told);
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("dev.opencode4j");
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        root.addHandler(log);
        try {
            for (int status : new int[] {200, 302, 400, 401, 404, 429, 500}) told.addAll(refusals(status));
        } finally {
            root.removeHandler(log);
            ours.setLevel(before);
        }
        told.add(new Credentials("me", PASSWORD).toString());
        assertThat(told).hasSizeGreaterThan(20);
        assertThat(String.join("\n", told)).doesNotContain(PASSWORD, TOKEN, PRIVATE);
    }

    private static List<String> refusals(int status) throws IOException {
        List<String> told = new ArrayList<>();
        OneAnswerServer.Behaviour mirror = (request, connection) ->
                connection.answer(status, "text/html", "<!doctype html>" + request.header("authorization") + PASSWORD);
        Instrumentation watcher = (name, payload) -> {
            told.add(name + payload);
            throw new IllegalStateException("a watcher that fails, so that it is logged");
        };
        try (OneAnswerServer server = new OneAnswerServer(mirror);
                OpenCodeClient client = OpenCodeClient.builder()
                        .baseUrl(server.url() + "?key=" + PRIVATE)
                        .username("me")
                        .password(PASSWORD)
                        .directory('/' + PRIVATE)
                        .instrumentation(watcher)
                        .build()) {
            told.add(client.toString());
            told.add(textOf(catchThrowable(client::health)));
            told.add(textOf(catchThrowable(() -> client.sessions().get("ses_1"))));
            told.add(textOf(catchThrowable(
                    () -> client.messages().prompt("ses_1", Prompt.of("#" + PRIVATE), Duration.ofSeconds(9)))));
            assertThat(server.requests())
                    .hasSize(3)
                    .allSatisfy(request ->
                            assertThat(request.header("authorization")).isEqualTo("Basic " + TOKEN));
        }
        return told;
    }

    private static String textOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Handler recording(List<String> told) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(String.valueOf(entry.getMessage()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
