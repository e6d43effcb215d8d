package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.work.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dozen bytes of an answer can name a number of a billion digits: it is refused where it is read, or counts as none. */
class HugeNumbersTest {

    private static Rig rig(Peer.Scene scene) {
        return Rig.with(settings -> settings.retry(RetryPolicy.NONE), scene);
    }

    private static Peer.Scene saying(String chunk) {
        return stage -> {
            stage.stream();
            stage.say("so far");
            stage.frame(chunk);
            stage.finish("stop");
            stage.done();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cost\":1e9999999}",
                "{\"cost\":-1E-9999999}",
                "{\"usage\":{\"cost\":1e999999999}}",
                "{\"usage\":{\"prompt_tokens\":1e999999999}}",
                "{\"usage\":{\"completion_tokens_details\":{\"reasoning_tokens\":9e9999999}}}",
                "{\"choices\":[{\"index\":1e999999999,\"delta\":{}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1e999999999}]}}]}",
                "{\"anything\":[1e999999999]}",
                "{\"error\":{\"code\":1e999999999}}"
            })
    void aNumberThatNobodyMeansIsDamage(String chunk) {
        try (Rig rig = rig(saying(chunk))) {
            ProtocolException error = rig.play("Hi").failed(ProtocolException.class);
            assertThat(error).hasMessageContaining("malformed");
            assertThat(error.partial().orElseThrow().text()).isEqualTo("so far");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"cost\":\"1e9999999\"}", "{\"usage\":{\"cost\":\"1e-999999999\"}}", "{\"cost\":\"much\"}"})
    void anAmountInWordsThatIsNoneCostsNothing(String chunk) {
        try (Rig rig = rig(saying(chunk))) {
            TurnResult result = rig.play("Hi").completed();
            assertThat(result.text()).isEqualTo("so far");
            assertThat(result.cost()).isZero();
        }
    }

    @Test
    void theLargestExponentIsCountedAsItIs() {
        try (Rig rig = rig(saying("{\"usage\":{\"prompt_tokens\":1e999,\"completion_tokens\":7},\"cost\":1e-999}"))) {
            TurnResult result = rig.play("Hi").completed();
            assertThat(result.usage().output()).isEqualTo(7);
            assertThat(result.usage().input()).isZero();
            assertThat(result.cost()).isEqualByComparingTo("1e-999");
        }
    }

    @Test
    void anAnswerInOnePieceIsReadByTheSameRule() {
        Peer.Scene whole = Peer.refusing(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"cost\":1e9999999}}");
        try (Rig rig = rig(whole)) {
            rig.play("Hi").failed(ProtocolException.class);
        }
    }

    @Test
    void aRefusalIsQuoted() {
        try (Rig rig = rig(Peer.refusing(400, "{\"error\":{\"message\":\"no\",\"code\":1e999999999}}"))) {
            assertThat(rig.play("Hi").failed(BadRequestException.class)).hasMessageContaining("no");
        }
    }

    @Test
    void aValueThatWasAskedForIsNoneOfThese() {
        Prompt asking = Prompt.builder("Hi")
                .schema(Json.parse("{\"type\":\"number\",\"multipleOf\":3}"))
                .build();
        try (Rig rig = rig(Peer.saying("1e999999999"))) {
            assertThat(rig.play(asking).failed(ProtocolException.class).raw()).isEqualTo("1e999999999");
        }
    }
}
