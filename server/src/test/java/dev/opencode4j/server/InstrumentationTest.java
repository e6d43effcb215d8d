package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.telemetry.Instrumentation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class InstrumentationTest {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Instrumentation watcher = (name, payload) -> {
        events.add(name + ' ' + payload.get("method") + ' ' + payload.get("path"));
        return error -> events.add(error == null ? "well" : error.getClass().getSimpleName());
    };

    private OpenCodeClient client(OneAnswerServer server, Instrumentation instrumentation) {
        return OpenCodeClient.builder()
                .baseUrl(server.url() + "?token=t")
                .directory("/private")
                .workspace("wrk_1")
                .instrumentation(instrumentation)
                .build();
    }

    @Test
    void everyRequestIsWatchedOnceAndWithoutItsQuery() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json("[]");
                OpenCodeClient client = client(server, watcher)) {
            client.questions().list();
            client.messages().list("ses_1");
            assertThat(events)
                    .containsExactly(
                            "opencode.request GET /question",
                            "well",
                            "opencode.request GET /session/ses_1/message",
                            "well");
        }
    }

    @Test
    void failuresAreTold() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(401, "", "");
                OpenCodeClient client = client(server, watcher)) {
            assertThatThrownBy(() -> client.questions().list()).isInstanceOf(AuthenticationException.class);
            assertThat(events).containsExactly("opencode.request GET /question", "AuthenticationException");
        }
        events.clear();
        try (OneAnswerServer server = OneAnswerServer.json("{nope");
                OpenCodeClient client = client(server, watcher)) {
            assertThatThrownBy(() -> client.createSession("T")).hasMessageContaining("not valid JSON");
            assertThat(events).containsExactly("opencode.request POST /session", "ProtocolException");
        }
    }

    @Test
    void aWatcherThatFailsChangesNothing() throws IOException {
        Instrumentation broken = (name, payload) -> {
            throw new IllegalStateException("broken");
        };
        try (OneAnswerServer server = OneAnswerServer.json("[]");
                OpenCodeClient client = client(server, broken)) {
            assertThat(client.questions().list()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }
}
