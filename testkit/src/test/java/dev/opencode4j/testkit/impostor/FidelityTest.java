package dev.opencode4j.testkit.impostor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The honest part says what the recordings of real servers say. */
class FidelityTest {

    private static Recording recorded(String version, String name) {
        return Recording.of(version, name);
    }

    private static Subscriber turn(String version, Answer answer, String prompt) throws Exception {
        try (Impostor impostor = Impostor.builder().version(version).start()) {
            Client client = new Client(impostor.url());
            String session = client.newSession();
            impostor.nextTurn(answer);
            try (Subscriber subscriber = Subscriber.to(impostor.url())) {
                subscriber.awaitType("server.connected", 1);
                client.promptAsync(session, prompt);
                return subscriber
                        .awaitType("session.idle", 1)
                        .await(all -> all.body().endsWith("}\n\n")
                                && all.types().lastIndexOf("session.diff")
                                        > all.types().indexOf("session.idle")
                                && all.types().lastIndexOf("message.updated")
                                        > all.types().indexOf("session.idle"));
            }
        }
    }

    private static final Answer TEXT = Answer.text("You ", "said: ", "say ", "#echo ", "hello");

    @ParameterizedTest
    @ValueSource(strings = {"1.18.33", "1.2.27"})
    void aTurnHasTheEventsOfTheRecordingInTheirOrder(String version) throws Exception {
        assertThat(turn(version, TEXT, "say #echo hello").types())
                .isEqualTo(recorded(version, "text").eventTypes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.18.33", "1.2.27"})
    void everyEventHasTheFieldsOfTheRecordedOne(String version) throws Exception {
        List<JsonNode> said = turn(version, TEXT, "say #echo hello").events();
        List<JsonNode> real = new ArrayList<>();
        recorded(version, "text").events().forEach(event -> real.add(Json.parse(event)));

        for (int i = 0; i < real.size(); i++) {
            assertThat(fields(said.get(i), ""))
                    .as("event %d, %s", i, real.get(i).path("type").asString())
                    .containsAll(fields(real.get(i), ""));
        }
    }

    private static Set<String> fields(JsonNode node, String path) {
        Set<String> fields = new TreeSet<>();
        node.properties().forEach(field -> {
            fields.add(path + "." + field.getKey());
            fields.addAll(fields(field.getValue(), path + "." + field.getKey()));
        });
        return fields;
    }

    @Test
    void reasoningStreamsAsRecorded() throws Exception {
        Answer answer = Answer.script().reasoning("Let me ", "think.").text("The answer ", "is 42.");

        assertThat(turn("1.18.33", answer, "#reason").types())
                .isEqualTo(recorded("1.18.33", "reasoning").eventTypes());
    }

    @Test
    void theMessagesAfterwardsAreThoseOfTheRecording() throws Exception {
        try (Impostor impostor = Impostor.start()) {
            Client client = new Client(impostor.url());
            String session = client.newSession();
            impostor.nextTurn(TEXT);
            client.post("/session/" + session + "/message", Client.prompt("say #echo hello"));

            JsonNode messages = client.messages(session);
            JsonNode real = recorded("1.18.33", "text").messages();

            assertThat(fields(messages.path(1).path("info"), ""))
                    .isEqualTo(fields(real.path(1).path("info"), ""));
            assertThat(messages.path(1).path("parts")).hasSize(3);
            assertThat(messages.path(1).path("parts").path(1).path("text").asString())
                    .isEqualTo("You said: say #echo hello");
        }
    }

    @Test
    void aRecordingIsReplayedForAPrompt() throws Exception {
        Recording recording = recorded("1.18.33", "bash-once");
        try (Impostor impostor = Impostor.start()) {
            Client client = new Client(impostor.url());
            String session = client.newSession();
            impostor.nextTurn(Answer.replay(recording));
            try (Subscriber subscriber = Subscriber.to(impostor.url())) {
                subscriber.awaitType("server.connected", 1);
                JsonNode last = client.post("/session/" + session + "/message", Client.prompt("#bash"));

                assertThat(subscriber.awaitType("session.idle", 1).types())
                        .contains("permission.asked", "permission.replied");
                assertThat(last.path("info").path("sessionID").asString()).isEqualTo(session);
                assertThat(client.messages(session)).hasSize(3);
                assertThat(client.get("/session/status").path(session).isMissingNode())
                        .isTrue();
            }
        }
    }
}
