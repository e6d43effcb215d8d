package dev.opencode4j.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AgentExceptionTest {

    private static final Where WHERE = Where.of("GET", "/session/ses_1").answered(404);

    @Test
    void theMessageTellsWhatWasTriedWhatCameBackAndWhatToTry() {
        assertThat(new SessionNotFoundException("Session not found: ses_1", WHERE, null))
                .hasMessage("GET /session/ses_1 answered 404: Session not found: ses_1. "
                        + "Create a new session, or check the id.");
    }

    @Test
    void aRequestWithoutAnAnswerHasNoStatus() {
        assertThat(new ConnectionException("refused.", Where.of("POST", "/session"), null))
                .hasMessage("POST /session: refused. Check that the server runs and that the address is right.");
    }

    @Test
    void whatIsNoRequestsFailureSaysNoneAndEmptyHintsAddNothing() {
        AgentException error = new InterruptedTurnException("the turn was interrupted", null, null);
        assertThat(error).hasMessage("the turn was interrupted");
        assertThat(error.where()).isEmpty();
        assertThat(error.hint()).isEmpty();
        assertThat(error.partial()).isEmpty();
    }

    @Test
    void aQueryNeverReachesAMessage() { // 15, 26.1 #35: queries hold directories and tokens
        Where where = Where.of("GET", "/event?directory=/home/ada&token=secret").answered(500);
        assertThat(where.path()).isEqualTo("/event");
        assertThat(ServerException.retryable("boom", where)).message().doesNotContain("ada", "secret", "?");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyErrorTellsItsPartsAndItsCause(AgentException error) {
        if (error.where().isPresent()) {
            assertThat(error).hasMessageStartingWith("GET /session/ses_1 answered 404: ");
        }
        assertThat(error.getMessage()).contains(error.reason()).endsWith(error.hint());
        assertThat(error.reason()).isNotBlank();
    }

    /** A prompt may have run whenever an answer is missing: such errors are not for trying again blindly. */
    @Test
    void onlyWhatMayGoWellLaterIsRetryable() {
        assertThat(all().filter(AgentException::isRetryable))
                .extracting(error -> error.getClass().getSimpleName())
                .containsExactlyInAnyOrder("ConnectionException", "RateLimitException", "ServerException");
        assertThat(ServerException.retryable("boom", WHERE).isRetryable()).isTrue();
        assertThat(ServerException.fatal("boom", WHERE).isRetryable()).isFalse();
    }

    @Test
    void whatWasReceivedIsKept() {
        Reply reply = new Reply(
                List.of(new TextPart("t", "", 0, "Once upon")), Usage.NONE, BigDecimal.ZERO, "length", List.of(), null);
        TurnResult received = new TurnResult("ses_1", "msg_1", reply, List.of());
        OutputLimitException error = new OutputLimitException("too long", null);
        assertThat(error.partialText()).isEmpty();
        AgentException own = error.withPartial(received);
        assertThat(own.partial()).contains(received);
        assertThat(own)
                .isInstanceOfSatisfying(
                        OutputLimitException.class,
                        limit -> assertThat(limit.partialText()).isEqualTo("Once upon"));
        assertThat(error.partial()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aCopyIsTheSameFailureAsAnotherObject(AgentException error) {
        error.addSuppressed(new IllegalStateException("also"));
        AgentException copy = error.copy();
        assertThat(copy).isNotSameAs(error).isExactlyInstanceOf(error.getClass());
        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("suppressedExceptions")
                .isEqualTo(error);
        assertThat(copy.getSuppressed()).isEqualTo(error.getSuppressed());
        assertThat(copy.getStackTrace()).isEqualTo(error.getStackTrace());
        copy.addSuppressed(new IllegalStateException("later"));
        assertThat(error.getSuppressed()).hasSize(1);
    }

    @Test
    void ofAnAnswerThatCanNotBeUnderstoodTheBeginningIsKept() {
        assertThat(new ProtocolException("not JSON", WHERE, "<html>", null).raw())
                .isEqualTo("<html>");
        assertThat(new ProtocolException("not JSON", WHERE, "x".repeat(201), null).raw())
                .isEqualTo("x".repeat(197) + "...");
    }

    @ParameterizedTest
    @CsvSource({"PT5S, 5s", "PT2M, 120s", "PT0.3S, 300ms", "PT1.5S, 1500ms", "PT0.0005S, PT0.0005S"})
    void aTimeoutTellsTheDurationThatRanOut(Duration limit, String words) {
        RequestTimeout error = new RequestTimeout(limit, WHERE);
        assertThat(error).hasMessageContaining("no answer within " + words + ".");
        assertThat(error.limit()).isEqualTo(limit);
    }

    @Test
    void aLimitBeyondAllMeasureIsTold() {
        assertThat(new IdleTimeout(Duration.ofSeconds(Long.MAX_VALUE), null))
                .hasMessageContaining(Long.MAX_VALUE + "s");
    }

    @Test
    void someErrorsTellMore() {
        Instant later = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(new RateLimitException("slow down", WHERE, later).resetAt()).isEqualTo(later);
        assertThat(new RateLimitException("slow down", WHERE, later).retryAt()).contains(later);
        ServerException busy = ServerException.retryable("busy", WHERE).comeBackAt(later);
        assertThat(busy.retryAt()).contains(later);
        assertThat(busy).hasMessage(ServerException.retryable("busy", WHERE).getMessage());
        assertThat(busy.isRetryable()).isTrue();
        assertThat(ServerException.fatal("broke", WHERE).comeBackAt(null).retryAt())
                .isEmpty();
        assertThat(new RateLimitException("slow down", WHERE, later)).hasMessageContaining("2030-01-01T00:00:00Z");
        assertThat(new AmbiguousSubmitException("msg_7", WHERE, null).messageId())
                .isEqualTo("msg_7");
        assertThat(new AmbiguousSubmitException("msg_7", WHERE, null)).hasMessageContaining("msg_7");
    }

    static Stream<AgentException> all() {
        Duration limit = Duration.ofSeconds(5);
        return Stream.of(
                new AmbiguousSubmitException("msg_1", WHERE, null),
                new AuthenticationException("no", WHERE, null),
                new BadRequestException("no", WHERE, null),
                new BillingException("no", WHERE, null),
                new ConnectionException("no", WHERE, new IllegalStateException("why")),
                new DeadlineExceeded(limit),
                new FirstEventTimeout(limit, WHERE),
                new IdleTimeout(limit, WHERE),
                new RequestTimeout(limit, WHERE),
                new InterruptedTurnException("no", WHERE, null),
                new OutputLimitException("no", WHERE),
                new ProtocolException("no", WHERE, "raw", null),
                new RateLimitException("no", WHERE, Instant.EPOCH),
                ServerException.retryable("no", WHERE),
                ServerException.fatal("no", WHERE),
                new SessionNotFoundException("no", WHERE, null),
                new SlowConsumerException(16),
                new UnsupportedFeatureException("no", WHERE, null));
    }
}
