package dev.opencode4j.testkit.impostor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TurnTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Impostor impostor = Impostor.start();
    private final Client client = new Client(impostor.url());
    private String session = "";
    private Subscriber subscriber;

    TurnTest() throws Exception {
        subscriber = Subscriber.to(impostor.url()).awaitType("server.connected", 1);
    }

    @BeforeEach
    void openSession() throws Exception {
        session = client.newSession();
    }

    @AfterEach
    void close() throws Exception {
        subscriber.close();
        impostor.close();
    }

    private JsonNode run(Answer answer) throws Exception {
        impostor.nextTurn(answer);
        return client.post("/session/" + session + "/message", Client.prompt("go"));
    }

    private JsonNode event(String type) throws Exception {
        subscriber.awaitType(type, 1);
        return subscriber.events().stream()
                .filter(event -> event.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow()
                .path("properties");
    }

    /** The types of all that has been sent when this is called. */
    private List<String> typesSoFar() throws Exception {
        String marker = "marker." + System.nanoTime();
        impostor.emit("{\"type\":\"" + marker + "\"}");
        return subscriber.awaitType(marker, 1).types();
    }

    private List<String> toolStates() {
        List<String> states = new ArrayList<>();
        for (JsonNode event : subscriber.events()) {
            JsonNode part = event.path("properties").path("part");
            if (part.path("type").asString("").equals("tool")) {
                states.add(part.path("state").path("status").asString());
            }
        }
        return states;
    }

    @Test
    void aPromptWithoutAScriptIsEchoed() throws Exception {
        JsonNode message = client.post("/session/" + session + "/message", Client.prompt("a b"));

        assertThat(message.path("parts").path(1).path("text").asString()).isEqualTo("You said: a b");
    }

    @Test
    void scriptedAnswersAreTakenInOrderAndThoseOfASessionFirst() throws Exception {
        impostor.otherwise(prompt -> Answer.text("otherwise to " + prompt.text()));
        impostor.nextTurn(Answer.text("first"));
        impostor.nextTurn(session, Answer.text("own"));
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            said.add(client.post("/session/" + session + "/message", Client.prompt("p"))
                    .path("parts")
                    .path(1)
                    .path("text")
                    .asString());
        }

        assertThat(said).containsExactly("own", "first", "otherwise to p");
    }

    @Test
    void aTurnHoldsUntilItIsReleasedAndIsBusyMeanwhile() throws Exception {
        impostor.nextTurn(Answer.text("a").hold("gate").text("b"));
        client.promptAsync(session, "go");
        impostor.awaitHeld("gate", SOON);

        assertThat(client.get("/session/status").path(session).path("type").asString())
                .isEqualTo("busy");
        assertThat(client.messages(session)
                        .path(1)
                        .path("parts")
                        .path(1)
                        .path("text")
                        .asString())
                .as("deltas are not stored before the part ends")
                .isEmpty();
        impostor.release("gate");
        subscriber.awaitType("session.idle", 1);

        assertThat(subscriber.deltas()).isEqualTo("ab");
        assertThat(client.get("/session/status")).isEmpty();
    }

    @Test
    void aPermissionIsAskedAndGrantedAndTheNextStepHasItsOwnMessage() throws Exception {
        impostor.nextTurn(Answer.text("Look: ").askPermission("bash", "ls").text("Done."));
        CompletableFuture<?> answer = client.sendAsync("POST", "/session/" + session + "/message", Client.prompt("go"));
        String id = event("permission.asked").path("id").asString();

        assertThat(client.get("/permission").path(0).path("id").asString()).isEqualTo(id);
        assertThat(client.post("/permission/" + id + "/reply", "{\"reply\":\"once\"}")
                        .asBoolean())
                .isTrue();
        answer.join();

        assertThat(client.get("/permission")).isEmpty();
        assertThat(toolStates()).containsExactly("pending", "running", "completed");
        JsonNode messages = client.messages(session);
        assertThat(messages).hasSize(3);
        assertThat(messages.path(1).path("info").path("finish").asString()).isEqualTo("tool-calls");
        assertThat(messages.path(2).path("info").path("parentID"))
                .isEqualTo(messages.path(0).path("info").path("id"));
        assertThat(client.send("POST", "/permission/" + id + "/reply", "{\"reply\":\"once\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRejectedPermissionEndsTheTurn() throws Exception {
        impostor.nextTurn(Answer.script().askPermission("bash", "ls").text("never said"));
        client.promptAsync(session, "go");
        String id = event("permission.asked").path("id").asString();
        client.post("/permission/" + id + "/reply", "{\"reply\":\"reject\"}");
        subscriber.awaitType("session.idle", 1);

        assertThat(toolStates()).containsExactly("pending", "running", "error");
        assertThat(subscriber.deltas()).isEmpty();
        assertThat(client.messages(session).path(1).path("info").path("finish").asString())
                .isEqualTo("tool-calls");
    }

    @Test
    void alwaysIsRemembered() throws Exception {
        impostor.nextTurn(Answer.script().askPermission("bash", "ls").askPermission("bash", "ls"));
        client.promptAsync(session, "go");
        String id = event("permission.asked").path("id").asString();
        client.post("/permission/" + id + "/reply", "{\"reply\":\"always\"}");
        subscriber.awaitType("session.idle", 1);

        assertThat(subscriber.types()).containsOnlyOnce("permission.asked");
    }

    @Test
    void aQuestionIsAnswered() throws Exception {
        impostor.nextTurn(Answer.script()
                .askQuestion(Question.of("Which colour?", "Red", "Blue"))
                .text("Good."));
        client.promptAsync(session, "go");
        String id = event("question.asked").path("id").asString();
        client.post("/question/" + id + "/reply", "{\"answers\":[[\"Blue\"]]}");
        subscriber.awaitType("session.idle", 1);

        assertThat(event("question.replied").path("answers").path(0).path(0).asString())
                .isEqualTo("Blue");
        assertThat(client.messages(session)
                        .path(1)
                        .path("parts")
                        .path(1)
                        .path("state")
                        .path("output")
                        .asString())
                .contains("\"Which colour?\"=\"Blue\"");
    }

    @Test
    void aRejectedQuestionEndsTheTurn() throws Exception {
        impostor.nextTurn(Answer.script().askQuestion(Question.of("Why?", "So")).text("never said"));
        client.promptAsync(session, "go");
        String id = event("question.asked").path("id").asString();
        client.post("/question/" + id + "/reject", "");
        subscriber.awaitType("session.idle", 1);

        assertThat(subscriber.types()).contains("question.rejected");
        assertThat(subscriber.deltas()).isEmpty();
    }

    @Test
    void anAbortEndsTheTurnAndLeavesItsQuestion() throws Exception {
        impostor.nextTurn(Answer.text("a").askQuestion(Question.of("Why?", "So")));
        client.promptAsync(session, "go");
        event("question.asked");
        client.post("/session/" + session + "/abort", "");
        subscriber.awaitType("session.idle", 2);

        assertThat(event("session.error").path("error").path("name").asString()).isEqualTo("MessageAbortedError");
        JsonNode answer = client.messages(session).path(1);
        assertThat(answer.path("info").path("error").path("name").asString()).isEqualTo("MessageAbortedError");
        assertThat(answer.path("parts").path(1).path("text").asString()).isEqualTo("a");
        assertThat(client.get("/question")).hasSize(1);
    }

    @Test
    void aPromptToABusySessionIsAnsweredAfterwardsAndIdleComesOnce() throws Exception {
        impostor.nextTurn(Answer.text("one").hold("gate"));
        impostor.nextTurn(Answer.text("two"));
        client.promptAsync(session, "first");
        impostor.awaitHeld("gate", SOON);
        client.promptAsync(session, "second");
        impostor.release("gate");
        subscriber.awaitType("session.idle", 1);
        impostor.awaitIdle(SOON);

        JsonNode messages = client.messages(session);
        assertThat(messages).hasSize(4);
        assertThat(messages.path(3).path("info").path("parentID"))
                .isEqualTo(messages.path(2).path("info").path("id"));
        assertThat(typesSoFar()).containsOnlyOnce("session.idle");
    }

    @Test
    void theSameMessageIdRunsOnceAndGetsAnotherPart() throws Exception {
        String id = "msg_1f778863e001RWCqBP0MnPkyB4";
        for (int i = 1; i <= 2; i++) {
            client.send("POST", "/session/" + session + "/prompt_async", Client.prompt(id, "again"));
            subscriber.awaitType("session.idle", i);
        }

        assertThat(impostor.timesRun(id)).isEqualTo(1);
        assertThat(impostor.timesRun("again")).isEqualTo(1);
        assertThat(impostor.promptsAccepted()).hasSize(2);
        JsonNode messages = client.messages(session);
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("parts")).hasSize(2);
    }

    @Test
    void aSubAgentAnswersInAChildSession() throws Exception {
        JsonNode last =
                run(Answer.script().subAgent("sub work", Answer.text("found")).text("All done."));

        JsonNode child = client.get("/session/" + session + "/children").path(0);
        assertThat(child.path("parentID").asString()).isEqualTo(session);
        assertThat(client.messages(child.path("id").asString())).hasSize(2);
        assertThat(last.path("parts").path(1).path("text").asString()).isEqualTo("All done.");
        assertThat(subscriber.awaitType("session.idle", 2).body()).contains("<task_result>\\nfound\\n</task_result>");
    }

    @Test
    void todosAndToolProgressAreTold() throws Exception {
        run(Answer.script()
                .todos(Todo.of("first", "in_progress"))
                .tool(ToolCall.of("bash").input("command", "ls").progress("a\n").progress("b\n"))
                .tool(ToolCall.of("read").fails("no such file")));

        assertThat(client.get("/session/" + session + "/todo")
                        .path(0)
                        .path("content")
                        .asString())
                .isEqualTo("first");
        assertThat(subscriber.awaitType("session.idle", 1).types()).contains("todo.updated");
        assertThat(toolStates())
                .containsExactly(
                        "pending",
                        "running",
                        "completed",
                        "pending",
                        "running",
                        "running",
                        "running",
                        "completed",
                        "pending",
                        "running",
                        "error");
    }

    @Test
    void aStructuredValueEndsTheTurnAndTheMessagesCannotBeListed() throws Exception {
        impostor.nextTurn(Answer.script().structured("{\"a\":42}"));
        JsonNode message = client.post(
                "/session/" + session + "/message",
                "{\"parts\":[],\"format\":{\"type\":\"json_schema\",\"schema\":{}}}");

        assertThat(message.path("info").path("structured").path("a").asInt()).isEqualTo(42);
        assertThat(message.path("info").path("finish").asString()).isEqualTo("tool-calls");
        assertThat(client.send("GET", "/session/" + session + "/message", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFailingProviderIsRetriedThenGivenUp() throws Exception {
        JsonNode message = run(Answer.script()
                .retry(1, "overloaded", Duration.ofMillis(1))
                .fail("APIError", Map.of("message", "overloaded", "statusCode", 429)));

        assertThat(message.path("info")
                        .path("error")
                        .path("data")
                        .path("statusCode")
                        .asInt())
                .isEqualTo(429);
        assertThat(subscriber.awaitType("session.idle", 2).body()).contains("{\"type\":\"retry\",\"attempt\":1");
    }

    @Test
    void anUnknownAgentFailsTwiceAndIsNeverIdle() throws Exception {
        int status = client.send("POST", "/session/" + session + "/prompt_async", "{\"agent\":\"nosuch\",\"parts\":[]}")
                .statusCode();
        subscriber.awaitType("session.error", 2);

        assertThat(status).isEqualTo(204);
        assertThat(typesSoFar()).doesNotContain("session.idle", "message.updated");
    }

    @Test
    void anUnknownModelFailsIsIdleAndFailsAgain() throws Exception {
        client.send(
                "POST",
                "/session/" + session + "/prompt_async",
                "{\"model\":{\"providerID\":\"no\",\"modelID\":\"such\"},\"parts\":[]}");
        subscriber.awaitType("session.error", 2);

        assertThat(subscriber.types()).containsSubsequence("session.error", "session.idle", "session.error");
    }

    @Test
    void aNoReplyPromptStartsNoTurn() throws Exception {
        client.post("/session/" + session + "/message", "{\"noReply\":true,\"parts\":[]}");

        assertThat(client.messages(session)).hasSize(1);
        assertThat(impostor.timesRun("")).isZero();
    }

    @Test
    void aLateIdleComesInTheNextTurnAndAMissingOneNever() throws Exception {
        run(Answer.text("a").lateIdle());
        assertThat(client.get("/session/status")).isEmpty();
        assertThat(typesSoFar()).doesNotContain("session.idle");
        run(Answer.text("b").withoutIdle());

        List<String> types = typesSoFar();
        assertThat(types).containsOnlyOnce("session.idle");
        assertThat(types.indexOf("session.idle"))
                .isBetween(types.indexOf("message.part.delta"), types.lastIndexOf("message.part.delta"));
    }

    @Test
    void anAnswerThatNeverEndsIsAborted() throws Exception {
        impostor.nextTurn(Answer.never());
        client.promptAsync(session, "go");
        assertThatThrownBy(() -> impostor.awaitIdle(Duration.ofMillis(1))).isInstanceOf(AssertionError.class);
        client.post("/session/" + session + "/abort", "");

        impostor.awaitIdle(SOON);
    }

    @Test
    void aTestsOwnEventIsSentAsItIs() throws Exception {
        run(Answer.script().raw("{\"type\":\"made.up\",\"properties\":{\"sessionID\":\"$SESSION\"}}"));
        impostor.emit("{\"type\":\"made.up.too\"}");

        assertThat(event("made.up").path("sessionID").asString()).isEqualTo(session);
        subscriber.awaitType("made.up.too", 1);
    }
}
