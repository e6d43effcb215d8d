package dev.opencode4j.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.RecordedRequest;
import dev.opencode4j.testkit.impostor.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private static final String SECRET = "s3cr3t-Pa55word";
    private static final String ENCODED =
            Base64.getEncoder().encodeToString(("opencode:" + SECRET).getBytes(StandardCharsets.UTF_8));
    private static final List<List<String>> COMMANDS = List.of(
            List.of("run", "Hi"),
            List.of("run", "--json", "Hi"),
            List.of("run", "-v", "--model", "no/such", "Hi"),
            List.of("run", "--session", "ses_0000000000000000000000000x", "Hi"),
            List.of("run", "--nonsense", "Hi"),
            List.of("doctor", "--round-trip"),
            List.of("sessions", "list"),
            List.of("sessions", "list", "--json"));

    private static void assertSilent(Console console) {
        for (List<String> command : COMMANDS) {
            Console.Result result = console.run(command.toArray(String[]::new));
            assertThat(result.out() + result.err())
                    .as("%s", command)
                    .isNotEmpty()
                    .doesNotContain(SECRET, ENCODED);
        }
    }

    @Test
    void thePasswordIsNowhereWhenAllIsWell() {
        try (Impostor impostor = Impostor.builder().password(SECRET).start()) {
            impostor.openSession("One");
            assertSilent(Console.of(impostor).with("OPENCODE_SERVER_PASSWORD", SECRET));
            assertThat(impostor.promptsAccepted()).isNotEmpty();
        }
    }

    @Test
    void norWhenItIsWrong() {
        try (Impostor impostor = Impostor.builder().password("another").start()) {
            assertSilent(Console.of(impostor).with("OPENCODE_SERVER_PASSWORD", SECRET));
            assertThat(impostor.promptsAccepted()).isEmpty();
        }
    }

    @Test
    void norWhenTheServerFailsOrIsGone() {
        try (Impostor impostor = Impostor.builder().password(SECRET).start()) {
            impostor.otherwise(prompt -> Answer.error("UnknownError", "boom"));
            Console console = Console.of(impostor).with("OPENCODE_SERVER_PASSWORD", SECRET);
            impostor.faults().everyResponse(RecordedRequest.to("GET", "/**"), Response.webPage());
            assertSilent(console);
            impostor.goDown();
            assertSilent(console);
        }
    }

    @Test
    void norAreThoseInTheAddress() {
        try (Impostor impostor = Impostor.start()) {
            String url = impostor.url().toString();
            assertSilent(new Console().with("OPENCODE_BASE_URL", url + "/?token=" + SECRET));
            assertSilent(new Console().with("OPENCODE_BASE_URL", url.replace("//", "//opencode:" + SECRET + "@")));
        }
    }
}
