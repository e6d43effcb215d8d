package dev.opencode4j.command.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.batch.BatchProgress;
import dev.opencode4j.command.terminal.Out;
import dev.opencode4j.core.reply.Usage;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static Tally tally(long completed, long failed, long total, String cost, long seconds) {
        BatchProgress progress =
                new BatchProgress(completed, failed, 1000, 2, 3, 5, 7, new Usage(1, 2, 3, 4, 5), new BigDecimal(cost));
        return new Tally(progress, total, Duration.ofSeconds(seconds));
    }

    @Test
    void itTellsRateCostAndTimeLeftOfThisRunAlone() {
        assertThat(tally(90, 10, 2102, "0.12345", 50).line())
                .isEqualTo("1,102 of 2,102 done, 10 failed, 2.0/s, $0.1235, 8m 20s left");
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        assertThat(tally(90, 0, -1, "12.345", 45).line()).isEqualTo("1,092 done, 2.0/s, $12.35");
        assertThat(tally(0, 0, 5000, "0", 0).line()).isEqualTo("1,002 of 5,000 done, 0.0/s, $0.0000");
    }

    @Test
    void theSummaryHasTheRest() {
        assertThat(tally(90, 10, 2000, "1", 7_500).summary())
                .isEqualTo("90 completed, 10 failed, 3 run again, 1,000 finished before, 2 bad lines, 15 tokens,"
                        + " $1.00, 2h 5m");
    }

    @Test
    void plainLinesAreFew() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (PlainDisplay display = new PlainDisplay(Out.optional(shown))) {
            for (long second = 1; second <= 25; second++) display.progress(tally(second, 0, -1, "0", second));
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).hasLineCount(2).startsWith("batch: 1,012 done, 1.0/s");
    }
}
