package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.List;
import java.util.Map;

class RealServerTest {

    private static Console console(RealOpenCode server) {
        return new Console()
                .with("OPENCODE_BASE_URL", server.baseUri().toString())
                .with("OPENCODE_SERVER_PASSWORD", server.password());
    }

    @EachRealVersion
    void aPromptIsAnsweredAndItsSessionShownAndDeleted(RealOpenCode server) {
        Console console = console(server);
        Console.Result result = console.run("run", "--json", "Greetings from the command line");
        assertThat(result.code()).as(result.err()).isZero();
        String session = LastLineTest.end(result).path("sessionId").asString();
        assertThat(LastLineTest.end(result).path("text").asString()).isNotBlank();
        assertThat(console.run("sessions", "list").out()).contains(session);
        assertThat(console.run("sessions", "show", session).out()).contains("Greetings from the command line");
        assertThat(console.run("sessions", "delete", session).code()).isZero();
        assertThat(console.run("sessions", "show", session).code()).isEqualTo(30);
    }

    /** A sub-agent's request comes with a tool call of the child session. */
    @EachRealVersion
    void thePersonAtTheTerminalSeesTheWholeCommandAndWhatAlwaysAllows(RealOpenCode server, ScriptedModel model) {
        String command = "echo shown > seen.txt; cat seen.txt | tr a-z A-Z";
        model.on(
                "piped",
                request -> request.toolResults() > 0
                        ? Answer.words("It ended.")
                        : Answer.empty().call("bash", Map.of("command", command, "description", "Pipe")));
        for (String prompt : List.of("#piped", "#task=piped")) {
            Console.Result result = console(server)
                    .terminals(Standard.INPUT, Standard.ERROR)
                    .typing("r\n")
                    .run("run", prompt);
            assertThat(result.err()).contains("? bash asks to run\n  │ " + command + '\n', "  │ tr *\n");
        }
    }

    @EachRealVersion
    void theDoctorFindsNothing(RealOpenCode server) {
        Console.Result result = console(server).run("doctor", "--round-trip");
        assertThat(result.out()).contains("is certified", "✓ Round trip").doesNotContain("✗", server.password());
        assertThat(result.code()).isZero();
    }

    @EachRealVersion
    void anUnknownAgentIsTheCallersMistake(RealOpenCode server) {
        Console.Result result = console(server).run("run", "--json", "--agent", "nobody", "Hi");
        assertThat(LastLineTest.end(result).at("/error/message").asString()).contains("nobody");
        assertThat(result.code()).isEqualTo(31);
    }
}
