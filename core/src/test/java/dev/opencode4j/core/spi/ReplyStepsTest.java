package dev.opencode4j.core.spi;

import static dev.opencode4j.core.spi.Folded.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.event.UnknownEvent;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Reply;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ReplyStepsTest {

    private final Folded folded = new Folded();

    @Test
    void theCostOfATurnIsTheSumOfItsSteps() { // 29.10, W-T1: only the last message was billed
        folded.tell(step("s1", 10, "0.001", "tool-calls"));
        folded.tell(step("s2", 20, "0.002", "tool-calls"));
        folded.tell(step("s3", 30, "0.004", "stop"));
        assertThat(folded.reply().cost()).isEqualByComparingTo("0.007");
        assertThat(folded.reply().usage().output()).isEqualTo(60);
        assertThat(folded.reply().finish()).isEqualTo("stop");
    }

    @Test
    void aStepThatIsReportedAgainIsCountedOnce() {
        assertThat(folded.tell(step("s1", 10, "0.001", "stop"))).hasSize(1);
        assertThat(folded.tell(step("s1", 10, "0.001", "stop"))).isEmpty();
        assertThat(folded.reply().cost()).isEqualByComparingTo("0.001");
    }

    @Test
    void aStepWhoseNumbersChangeCountsWithTheLatest() {
        folded.tell(step("s1", 10, "0.001", "tool-calls"));
        folded.tell(step("s2", 20, "0.002", "stop"));
        assertThat(folded.tell(step("s1", 11, "0.003", "tool-calls"))).hasSize(1);
        assertThat(folded.reply().cost()).isEqualByComparingTo("0.005");
        assertThat(folded.reply().finish()).isEqualTo("stop");
    }

    @Test
    void aTurnWithoutStepsCostNothing() {
        assertThat(folded.reply()).isEqualTo(Reply.EMPTY);
        assertThat(folded.reply().cost()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void whatIsAboutNoPartIsPassedOnAsItIs() {
        for (var event : new AgentEvent[] {
            new TurnStarted("ses_1", "msg_1"),
            new UnknownEvent("session.moved", Json.EMPTY),
            new ErrorReported(new BadRequestException("no such model", null, null))
        }) {
            assertThat(folded.tell(event)).containsExactly(event);
        }
        assertThat(folded.reply()).isEqualTo(Reply.EMPTY);
    }

    @Test
    void theStructuredValueIsKept() {
        ReplyBuilder builder = new ReplyBuilder(SessionOptions.DEFAULT_REPLY_LIMIT);
        builder.structured(Json.parse("{\"answer\":42}"));
        assertThat(builder.snapshot().structured()).isEqualTo(Json.parse("{\"answer\": 42}"));
    }
}
