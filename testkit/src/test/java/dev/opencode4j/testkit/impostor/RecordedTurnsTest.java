package dev.opencode4j.testkit.impostor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Turns with tools, sub-agents, questions and failures have the events of the recordings. A real server does several of
 * these things at once, so here it is the events that count and not their order.
 */
class RecordedTurnsTest {

    private static final ToolCall BASH = ToolCall.of("bash")
            .input("command", "echo hi from bash")
            .asks("echo hi from bash")
            .progress("")
            .progress("hi from bash\n")
            .progress("done\n");

    static Stream<Arguments> turns() {
        Script bash = Answer.text("Calling bash. ").tool(BASH).text("All done after ", "1 tools.");
        Script question = Answer.text("Calling question. ").askQuestion(Question.of("Which colour?", "Red", "Blue"));
        Script todo = Answer.text("Calling todowrite. ")
                .todos(Todo.of("first", "in_progress"))
                .text("Calling todowrite. ")
                .todos(Todo.of("first", "completed"))
                .text("All done after ", "2 tools.");
        Script task = Answer.text("Calling task. ")
                .subAgent("sub work", Answer.text("You ", "said: ", "do ", "the ", "sub ", "work ", "#echo"))
                .text("All done after ", "1 tools.");
        Script retried = Answer.script();
        for (int attempt = 1; attempt <= 5; attempt++) {
            retried = retried.retry(attempt, "scripted 429", Duration.ZERO);
        }
        Map<String, String> refused = Map.of("message", "refused");
        return Stream.of(
                arguments("1.18.33", "empty", Answer.script(), "none"),
                arguments("1.18.33", "length", Answer.text("cut off").finish("length"), "none"),
                arguments("1.18.33", "bash-once", bash, "once"),
                arguments("1.2.27", "bash-once", bash, "once"),
                arguments("1.18.33", "bash-reject", bash, "reject"),
                arguments("1.18.33", "question", question.text("All done after ", "1 tools."), "answer"),
                arguments("1.18.33", "todo", todo, "none"),
                arguments("1.18.33", "task", task, "none"),
                arguments("1.18.33", "status401", Answer.script().fail("APIError", refused), "none"),
                arguments("1.18.33", "status429", retried.fail("APIError", refused), "none"),
                arguments(
                        "1.18.33",
                        "abort",
                        Answer.text("0 ", "1 ", "2 ", "3 ", "4 ", "5 ").never(),
                        "abort"));
    }

    @ParameterizedTest
    @MethodSource("turns")
    void hasTheEventsOfTheRecording(String version, String name, Answer answer, String then) throws Exception {
        Recording recording = Recording.of(version, name);
        List<String> expected = recording.events().stream()
                .filter(event -> !name.equals("abort") || event.contains(recording.sessionId()))
                .map(event -> Json.parse(event).path("type").asString())
                .filter(type -> !type.equals("server.connected"))
                .toList();
        try (Impostor impostor = Impostor.builder().version(version).start()) {
            Client client = new Client(impostor.url());
            String session = client.newSession();
            impostor.nextTurn(answer);
            try (Subscriber subscriber = Subscriber.to(impostor.url())) {
                subscriber.awaitType("server.connected", 1);
                client.promptAsync(session, recording.prompt());
                respond(client, session, subscriber, then);
                impostor.awaitIdle(Duration.ofSeconds(30));
                impostor.emit("{\"type\":\"the.end\"}");
                List<String> types = subscriber.awaitType("the.end", 1).types();

                assertThat(types.subList(1, types.size() - 1)).containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(outline(client.messages(session))).isEqualTo(outline(recording.messages()));
        }
    }

    private static void respond(Client client, String session, Subscriber subscriber, String then) throws Exception {
        switch (then) {
            case "once", "reject" -> {
                subscriber.awaitType("permission.asked", 1);
                String id = client.get("/permission").path(0).path("id").asString();
                client.post("/permission/" + id + "/reply", "{\"reply\":\"" + then + "\"}");
            }
            case "answer" -> {
                subscriber.awaitType("question.asked", 1);
                String id = client.get("/question").path(0).path("id").asString();
                client.post("/question/" + id + "/reply", "{\"answers\":[[\"Blue\"]]}");
            }
            case "abort" -> {
                subscriber.awaitType("message.part.delta", 6);
                client.post("/session/" + session + "/abort", "");
            }
            default -> {}
        }
    }

    /** Who said what kinds of things, and how each message ended. */
    private static String outline(JsonNode messages) {
        StringBuilder outline = new StringBuilder();
        for (JsonNode message : messages) {
            JsonNode info = message.path("info");
            outline.append(info.path("role").asString())
                    .append(' ')
                    .append(info.path("finish").asString("-"))
                    .append(' ')
                    .append(info.path("error").path("name").asString("-"));
            for (JsonNode part : message.path("parts")) {
                outline.append(' ')
                        .append(part.path("type").asString())
                        .append(part.path("state").path("status").asString(""));
            }
            outline.append('\n');
        }
        return outline.toString();
    }
}
