package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.work.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which error a refusal is: the rows of the OpenAI-compatible backend's tests, over HTTP, and those that it got wrong. */
class CompatRefusalsTest {

    private static String error(String code, String message) {
        return "{\"error\":{\"message\":" + Peer.quoted(message) + ",\"type\":\"x\",\"code\":" + Peer.quoted(code)
                + "}}";
    }

    private static AgentException refusal(int status, String body, String... headers) {
        try (Rig rig = Rig.with(settings -> settings.retry(RetryPolicy.NONE), Peer.refusing(status, body, headers))) {
            return rig.play("Hi").failed(AgentException.class);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(400, error("", "bad"), BadRequestException.class),
                Arguments.of(404, error("model_not_found", "no such model"), BadRequestException.class),
                Arguments.of(418, error("", "teapot"), BadRequestException.class),
                Arguments.of(401, error("invalid_api_key", "wrong"), AuthenticationException.class),
                Arguments.of(403, "forbidden", AuthenticationException.class),
                Arguments.of(302, "", ProtocolException.class),
                Arguments.of(408, "", ServerException.class),
                Arguments.of(500, error("", "oh"), ServerException.class),
                Arguments.of(502, "<html>Bad Gateway</html>", ServerException.class),
                Arguments.of(529, "[]", ServerException.class),
                Arguments.of(500, error("", "no explanation of billing"), ServerException.class),
                Arguments.of(402, "", BillingException.class),
                Arguments.of(429, error("insufficient_quota", "you"), BillingException.class),
                Arguments.of(429, error("", "You exceeded your current quota"), BillingException.class),
                Arguments.of(
                        401,
                        error("CreditsError", "Insufficient balance. Manage your billing here"),
                        BillingException.class),
                Arguments.of(400, error("", "rebillings are not a word of it"), BadRequestException.class),
                Arguments.of(429, error("", "slow down"), RateLimitException.class),
                Arguments.of(400, error("context_length_exceeded", "long"), OutputLimitException.class),
                Arguments.of(400, error("", "This model's maximum context length is 8"), OutputLimitException.class),
                Arguments.of(413, error("", "prompt is too long"), OutputLimitException.class),
                Arguments.of(413, error("", "entity too large"), BadRequestException.class),
                Arguments.of(400, "{\"error\":{\"message\":7,\"code\":[],\"type\":null}}", BadRequestException.class),
                Arguments.of(400, "{\"error\":\"in a word\"}", BadRequestException.class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachStatusAndWordIsItsError(int status, String body, Class<? extends AgentException> type) {
        AgentException error = refusal(status, body);
        assertThat(error).isInstanceOf(type);
        assertThat(error.where().orElseThrow().status()).isEqualTo(status);
    }

    @Test
    void theOtherSidesOwnWordsAreKeptWhateverTheirShape() {
        assertThat(refusal(400, error("", "bad thing")).reason()).isEqualTo("bad thing");
        assertThat(refusal(400, "{\"error\":\"in a word\"}").reason()).isEqualTo("in a word");
        assertThat(refusal(400, "{\"detail\":\"told elsewhere\"}").reason()).isEqualTo("told elsewhere");
        assertThat(refusal(400, "[{\"error\":{\"message\":\"in a list\"}}]").reason())
                .isEqualTo("in a list");
        assertThat(refusal(400, "just text").reason()).isEqualTo("just text");
        assertThat(refusal(502, "<html>x</html>").reason()).isEqualTo("a web page instead of an answer");
        assertThat(refusal(400, "long ".repeat(100_000)).getMessage()).hasSizeLessThan(800);
    }

    @Test
    void aRateLimitSaysWhenItEnds() {
        Instant now = Instant.now();
        RateLimitException told = (RateLimitException) refusal(429, "{}", "Retry-After: 30");
        assertThat(Duration.between(now, told.resetAt()).toSeconds()).isBetween(28L, 45L);
        RateLimitException silent = (RateLimitException) refusal(429, "{}");
        assertThat(Duration.between(now, silent.resetAt()).toSeconds()).isBetween(58L, 75L);
    }

    @Test
    void nobodyWaitsForMoneyOrAKey() {
        for (int status : new int[] {400, 401, 402, 403, 404}) {
            try (Rig rig = Rig.playing(Peer.refusing(status, "{}"))) {
                rig.play("Hi").failed(AgentException.class);
                assertThat(rig.peer.received()).hasSize(1);
            }
        }
        try (Rig rig = Rig.playing(Peer.refusing(429, error("insufficient_quota", "")))) {
            rig.play("Hi").failed(BillingException.class);
            assertThat(rig.peer.received()).hasSize(1);
        }
    }

    @Test
    void nothingListens() {
        try (Zen zen = Zen.builder()
                        .provider(ZenProvider.at(URI.create("http://127.0.0.1:1/v1")))
                        .retry(RetryPolicy.NONE)
                        .build();
                ZenSession session = zen.open()) {
            ConnectionException error = Played.of(session.start("Hi")).failed(ConnectionException.class);
            assertThat(error).hasMessageContaining("POST /v1/chat/completions").hasMessageContaining("nothing answers");
        }
    }

    @Test
    void inTheMiddleOfAnAnswerTheyAreTheSameButNeverTriedAgain() {
        Peer.Scene limited = inStream("{\"message\":\"slow down\",\"code\":429}");
        Peer.Scene billed = inStream("{\"message\":\"x\",\"code\":\"insufficient_quota\"}");
        Peer.Scene crashed = inStream("{\"message\":\"overloaded\",\"code\":\"503\"}");
        Peer.Scene plain = inStream("\"it failed\"");
        try (Rig rig = Rig.playing(limited, billed, crashed, plain)) {
            rig.play("Hi").failed(RateLimitException.class);
            rig.play("Hi").failed(BillingException.class);
            assertThat(rig.play("Hi").failed(ServerException.class).isRetryable())
                    .isFalse();
            assertThat(rig.play("Hi").failed(ServerException.class).reason()).isEqualTo("it failed");
            assertThat(rig.peer.received()).hasSize(4);
        }
    }

    private static Peer.Scene inStream(String error) {
        return stage -> {
            stage.stream();
            stage.say("begun ");
            stage.frame("{\"error\":" + error + "}");
        };
    }

    @Test
    void anAnswerThatIsCutOffKeepsWhatCame() {
        Peer.Scene length = stage -> {
            stage.stream();
            stage.say("as far as it went");
            stage.finish("length");
            stage.done();
        };
        Peer.Scene filtered = stage -> {
            stage.stream();
            stage.say("I can");
            stage.finish("content_filter");
            stage.done();
        };
        try (Rig rig = Rig.playing(length, filtered)) {
            assertThat(rig.play("Hi").failed(OutputLimitException.class).partialText())
                    .isEqualTo("as far as it went");
            BadRequestException stopped = rig.play("Hi").failed(BadRequestException.class);
            assertThat(stopped).hasMessageContaining("content filter");
            assertThat(stopped.partial().orElseThrow().text()).isEqualTo("I can");
        }
    }
}
