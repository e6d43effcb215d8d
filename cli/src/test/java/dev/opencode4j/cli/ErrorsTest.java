package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.work.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of our errors a run's failure is: the structured object decides, and the billing before the rate. */
class ErrorsTest {

    @TempDir
    Path folder;

    private AgentException failure(Fake fake) {
        try (OpenCodeCli agent = fake.builder().retry(RetryPolicy.NONE).build()) {
            return catchThrowableOfType(AgentException.class, () -> agent.open().run("hi"));
        }
    }

    private AgentException exported(String error) {
        return failure(new Fake(folder).prints(Lines.text("prt_1", "partial")).exports(Lines.failed(error)));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(Lines.apiError(401, "no key"), AuthenticationException.class),
                Arguments.of(Lines.apiError(403, "not yours"), AuthenticationException.class),
                Arguments.of(Lines.named("ProviderAuthError", "no key"), AuthenticationException.class),
                Arguments.of(Lines.apiError(402, "Quota exceeded for your plan"), BillingException.class),
                Arguments.of(Lines.apiError(402, "no words that help"), BillingException.class), // item 11
                Arguments.of(Lines.apiError(429, "You exceeded your current quota"), BillingException.class), // item 10
                Arguments.of(Lines.apiError(429, "insufficient_quota"), BillingException.class),
                Arguments.of(Lines.apiError(429, "slow down"), RateLimitException.class),
                Arguments.of(Lines.apiError(500, "no explanation available"), ServerException.class), // item 9
                Arguments.of(Lines.apiError(500, "credit where credit is due"), ServerException.class),
                Arguments.of(Lines.apiError(400, "rebilling is fine"), BadRequestException.class),
                Arguments.of(Lines.apiError(503, "down"), ServerException.class),
                Arguments.of(Lines.apiError(408, "too late"), ServerException.class), // item 11
                Arguments.of(Lines.apiError(425, "too early"), ServerException.class),
                Arguments.of(Lines.apiError(400, "bad"), BadRequestException.class),
                Arguments.of(
                        "{\"name\":\"APIError\",\"data\":{\"message\":\"again\",\"statusCode\":409,\"isRetryable\":true}}",
                        ServerException.class),
                Arguments.of(
                        "{\"name\":\"APIError\",\"data\":{\"message\":\"again\",\"isRetryable\":true}}",
                        ServerException.class),
                Arguments.of(Lines.named("ContextOverflowError", "too long"), OutputLimitException.class),
                Arguments.of("{\"name\":\"MessageOutputLengthError\",\"data\":{}}", OutputLimitException.class),
                Arguments.of(Lines.named("MessageAbortedError", "stopped"), InterruptedTurnException.class),
                Arguments.of(Lines.named("UnknownError", "who knows"), ServerException.class));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void items09To11AndRowsClassifyExportAnErrorOfTheExport(String error, Class<? extends AgentException> type) {
        assertThat(exported(error)).isInstanceOf(type);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void rowsClassifyOnRunStreamAnErrorOfTheStreamAlone(String error, Class<? extends AgentException> type) {
        assertThat(failure(
                        new Fake(folder).prints(Lines.error(error)).exports(Lines.session(Lines.user("msg_1", "hi")))))
                .isInstanceOf(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"429 too many requests", "401 unauthorized", "payment required", "bad config", "503", "too long"
            })
    void rowClassifyRealStderrIsUnknownWhatIsOnlySaidIsNotInterpreted(String words) {
        assertThat(failure(new Fake(folder).run("echo '" + words + "' >&2; exit 1")))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining(words);
    }

    @Test
    void rowExportErrorOverridesExit0SuccessAndPartialText() {
        AgentException failure = exported(Lines.apiError(429, "slow down"));
        assertThat(failure).isInstanceOf(RateLimitException.class);
        assertThat(failure.partial().orElseThrow().text()).isEqualTo("partial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retry-after", "Retry-After", "RETRY-AFTER"})
    void item12RetryAfterIsReadInEverySpelling(String header) {
        assertThat(resetIn(header, "300")).isBetween(Duration.ofSeconds(270), Duration.ofSeconds(301));
    }

    @Test
    void item12RetryAfterMayBeADateOrDecimals() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(300));
        assertThat(resetIn("retry-after", date)).isBetween(Duration.ofSeconds(270), Duration.ofSeconds(301));
        assertThat(resetIn("retry-after", "299.5")).isBetween(Duration.ofSeconds(270), Duration.ofSeconds(301));
        assertThat(resetIn("retry-after", "soon")).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
    }

    @Test
    void item12RetryAfterCountsForA503Too() {
        AgentException busy = exported(
                "{\"name\":\"APIError\",\"data\":{\"message\":\"busy\",\"statusCode\":503,\"responseHeaders\":{\"retry-after\":\"300\"}}}");
        assertThat(busy).isInstanceOf(ServerException.class);
        assertThat(Duration.between(Instant.now(), busy.retryAt().orElseThrow()))
                .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(301));
    }

    private Duration resetIn(String header, String value) {
        RateLimitException limited = (RateLimitException) exported(
                "{\"name\":\"APIError\",\"data\":{\"message\":\"slow down\",\"statusCode\":429,\"responseHeaders\":{\""
                        + header + "\":\"" + value + "\"}}}");
        return Duration.between(Instant.now(), limited.resetAt());
    }

    @Test
    void rowPromptResetsStaleExportErrorAnErrorOfOneTurnIsNotTheNexts() {
        Fake fake = new Fake(folder);
        fake.run("if [ $N = 1 ]; then " + fake.cat("one", Lines.error(Lines.apiError(401, "no"))) + "; else "
                        + fake.cat("two", Lines.tapped("fine").toArray(String[]::new)) + "; fi")
                .exports(Lines.failed(Lines.apiError(401, "no")));
        try (OpenCodeCli agent = fake.agent();
                var session = agent.open()) {
            assertThat(catchThrowableOfType(AgentException.class, () -> session.run("hi")))
                    .isInstanceOf(AuthenticationException.class);
            assertThat(session.run("hi").text()).isEqualTo("fine");
        }
    }

    @Test
    void item39ErrorsAreTheOnesOfAllAgents() {
        assertThat(exported(Lines.apiError(429, "slow down")).getClass().getPackageName())
                .isEqualTo("dev.opencode4j.core.error");
    }
}
