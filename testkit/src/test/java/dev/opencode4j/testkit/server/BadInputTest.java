package dev.opencode4j.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.prompt.Prompt;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What can't be meant is refused where it is said, and no server hears of it. */
class BadInputTest {

    @Test
    void isRefusedBeforeAnyRequest() {
        try (Stage stage = Stage.open()) {
            Prompt prompt = Prompt.of("Hi");
            Map<String, ThrowingCallable> bad = Map.ofEntries(
                    Map.entry("blank prompt", () -> stage.client.stream("ses_1", " \n\t")),
                    Map.entry("empty prompt", () -> Prompt.of("")),
                    Map.entry("blank session", () -> stage.client.start("", prompt, Stage.options())),
                    Map.entry("session of another form", () -> stage.client.start("bogus", prompt, Stage.options())),
                    Map.entry("a message's id", () -> stage.client.start("msg_1", prompt, Stage.options())),
                    Map.entry("session with a path", () -> stage.client.start("ses_1/../x", prompt, Stage.options())),
                    Map.entry("session with a query", () -> stage.client.stream("ses_1?x=1", "Hi")),
                    Map.entry("model without a slash", () -> Model.of("scripted")),
                    Map.entry("model without a name", () -> Model.of("scripted/")),
                    Map.entry("model without a provider", () -> Model.of("/scripted")),
                    Map.entry(
                            "message id of another form",
                            () -> stage.client.start(
                                    "ses_1",
                                    Prompt.builder("Hi").messageId("bogus").build(),
                                    Stage.options())),
                    Map.entry("no time to connect", () -> Timeouts.DEFAULT.withConnect(Duration.ZERO)),
                    Map.entry("no time to begin", () -> Timeouts.DEFAULT.withFirstEvent(Duration.ofSeconds(-1))),
                    Map.entry("no time to idle", () -> Timeouts.DEFAULT.withIdle(Duration.ZERO)),
                    Map.entry("no time at all", () -> Timeouts.DEFAULT.withTurn(Duration.ofNanos(-1))));
            bad.forEach((what, call) -> assertThatThrownBy(call).as(what).isInstanceOf(IllegalArgumentException.class));
            assertThat(stage.impostor.requests()).isEmpty();
        }
    }
}
