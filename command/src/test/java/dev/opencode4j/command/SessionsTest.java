package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.impostor.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionsTest extends ImpostorTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void theListIsATable() {
        String first = impostor.openSession("One\nwith \u001b[31mred");
        String second = impostor.openSession("Two");
        Console.Result result = console.run("sessions", "list");
        assertThat(result.lines()).hasSize(3);
        assertThat(result.lines().get(0)).matches("ID +CHANGED +TITLE");
        assertThat(result.out())
                .contains(first, second, "One with [31mred", "Two")
                .doesNotContain("\u001b");
    }

    @Test
    void theListMayBeLinesOfJson() {
        impostor.openSession("One");
        impostor.openSession("Two");
        Console.Result result = console.run("sessions", "list", "--json");
        assertThat(result.lines().stream()
                        .map(MAPPER::readTree)
                        .map(line -> line.path("title").asString()))
                .containsExactlyInAnyOrder("One", "Two");
    }

    @Test
    void noSessionsAreNoFault() {
        Console.Result result = console.run("sessions", "list");
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("No sessions");
        assertThat(result.code()).isZero();
    }

    @Test
    void aSessionIsShownWithWhatWasSaid() {
        String session = impostor.openSession("Greetings");
        impostor.nextTurn(Answer.script().tool("bash", "x").text("Hello."));
        console.run("run", "--session", session, "Say hello");
        assertThat(console.run("sessions", "show", session).out())
                .contains(session, "Greetings", "user", "Say hello", "assistant", "⚙ bash  completed", "Hello.");
        JsonNode json = MAPPER.readTree(
                console.run("sessions", "show", session, "--json").out());
        assertThat(json.at("/session/id").asString()).isEqualTo(session);
        assertThat(json.at("/messages/0/info/role").asString()).isEqualTo("user");
        assertThat(json.at("/messages/0/parts/0/text").asString()).isEqualTo("Say hello");
    }

    @Test
    void aDeletedSessionIsGone() {
        String session = impostor.openSession("Old");
        assertThat(console.run("sessions", "delete", session).code()).isZero();
        assertThat(console.run("sessions", "show", session).code()).isEqualTo(30);
        Console.Result again = console.run("sessions", "delete", session);
        assertThat(again.code()).isEqualTo(30);
        assertThat(again.err()).contains("SessionNotFoundException");
    }

    @Test
    void withoutAnyOpenCodeThereIsNothingToList() {
        Console.Result result = new Console().run("sessions", "list");
        assertThat(result.code()).isEqualTo(51);
        assertThat(result.err()).contains("no OpenCode found", "--install");
    }

    @Test
    void aLimitMustBePositive() {
        Console.Result result = console.run("sessions", "list", "--limit", "0");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("limit");
        assertThat(impostor.requests()).isEmpty();
    }
}
