package dev.opencode4j.core.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {

    @Test
    void blankTextsAddNoSeparators() { // 7.1 [V], W-R6: "", "a" and nothing gave "\n\na\n\n"
        Reply reply = of(text(""), text("a"), text(" \n"), text("b"), new ReasoningPart("r", "", 0, "hmm"));
        assertThat(reply.text()).isEqualTo("a\n\nb");
        assertThat(reply.reasoning()).isEqualTo("hmm");
        assertThat(Reply.EMPTY.text()).isEmpty();
        assertThat(Reply.EMPTY.reasoning()).isEmpty();
    }

    @Test
    void finishedToolsAreThoseThatCompletedOrFailed() { // 7.1
        Reply reply = of(
                tool(ToolStatus.PENDING), tool(ToolStatus.RUNNING), tool(ToolStatus.COMPLETED), tool(ToolStatus.ERROR));
        assertThat(reply.tools()).hasSize(4);
        assertThat(reply.finishedTools())
                .extracting(ToolPart::status)
                .containsExactly(ToolStatus.COMPLETED, ToolStatus.ERROR);
    }

    @Test
    void aResultAddsUpItsAttempts() {
        Usage usage = new Usage(1, 2, 3, 4, 5);
        Attempt attempt = new Attempt(Instant.EPOCH, Duration.ofSeconds(1), usage, new BigDecimal("0.5"), null);
        TurnResult result = new TurnResult("ses_1", "msg_1", of(text("a")), List.of(attempt, attempt));
        assertThat(result.usage()).isEqualTo(new Usage(2, 4, 6, 8, 10));
        assertThat(result.usage().total()).isEqualTo(30);
        assertThat(result.cost()).isEqualByComparingTo("1");
        assertThat(result.text()).isEqualTo("a");
        assertThat(result.structured()).isNull();
    }

    private static Reply of(Part... parts) {
        return new Reply(List.of(parts), Usage.NONE, BigDecimal.ZERO, null, List.of(), null);
    }

    private static TextPart text(String content) {
        return new TextPart("t", "", 0, content);
    }

    private static ToolPart tool(ToolStatus status) {
        return ToolPart.builder("x").status(status).build();
    }
}
