package dev.opencode4j.server.internal.turn;

import static dev.opencode4j.server.internal.turn.TurnClock.Due.CONNECT;
import static dev.opencode4j.server.internal.turn.TurnClock.Due.FIRST_EVENT;
import static dev.opencode4j.server.internal.turn.TurnClock.Due.IDLE;
import static dev.opencode4j.server.internal.turn.TurnClock.Due.NOTHING;
import static dev.opencode4j.server.internal.turn.TurnClock.Due.QUIET;
import static dev.opencode4j.server.internal.turn.TurnClock.Due.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.work.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What runs out when, and what stands still. */
class TurnClockTest {

    private static final Timeouts LIMITS = new Timeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(100));

    private final ManualTicker time = new ManualTicker();
    private final TurnClock clock = new TurnClock(LIMITS, time::nanoTime);
    private long lastLife = time.nanoTime();

    private TurnClock.Due after(double seconds) {
        time.advance(Duration.ofMillis((long) (seconds * 1000)));
        return clock.due(lastLife);
    }

    private TurnClock.Due afterWithLife(double seconds) {
        time.advance(Duration.ofMillis((long) (seconds * 1000)));
        lastLife = time.nanoTime();
        return clock.due(lastLife);
    }

    private void running() {
        clock.connected();
        clock.accepted(Duration.ofMillis(600));
        clock.heard();
    }

    @Test
    void theStreamMustBeReadyInTime() {
        assertThat(after(9.9)).isEqualTo(NOTHING);
        assertThat(after(0.1)).isEqualTo(CONNECT);
    }

    @Test
    void theFirstSignMustComeInTimeFromTheAcceptanceOn() {
        clock.connected();
        assertThat(afterWithLife(9)).isEqualTo(NOTHING);
        clock.accepted(Duration.ofMillis(600));
        clock.asks();
        afterWithLife(19.9);
        clock.asks();
        assertThat(clock.due(lastLife)).isEqualTo(NOTHING);
        assertThat(afterWithLife(0.1)).isEqualTo(FIRST_EVENT);
        clock.heard();
        assertThat(clock.due(lastLife)).isEqualTo(NOTHING);
    }

    @Test
    void silenceOfTheServerRunsOutButBytesAreLife() {
        running();
        for (int i = 0; i < 8; i++) {
            afterWithLife(10);
            clock.asks();
        }
        assertThat(clock.due(lastLife)).isEqualTo(NOTHING);
        assertThat(after(15)).isNotEqualTo(IDLE);
        clock.heard();
        clock.asks();
        assertThat(after(4)).isEqualTo(NOTHING);
    }

    @Test
    void idleIsMeasuredFromTheLastByte() {
        running();
        afterWithLife(20);
        clock.asks();
        assertThat(after(29.9)).isNotEqualTo(IDLE);
        assertThat(after(0.1)).isEqualTo(IDLE);
    }

    @Test
    void anAnswerOfTheServersIsLifeToo() {
        running();
        after(29);
        clock.answered();
        clock.asks();
        assertThat(after(9)).isEqualTo(NOTHING);
    }

    @Test
    void nothingRunsOutWhileTheUserIsAsked() {
        running();
        after(10);
        clock.suspend();
        for (int i = 0; i < 600; i++) {
            TurnClock.Due due = after(1);
            assertThat(due).isIn(NOTHING, QUIET);
            if (due == QUIET) clock.asks();
        }
        clock.resume();
        assertThat(clock.due(lastLife)).isIn(NOTHING, QUIET);
        afterWithLife(89.9);
        clock.asks();
        assertThat(clock.due(lastLife)).isEqualTo(NOTHING);
        assertThat(afterWithLife(0.1)).isEqualTo(TURN);
    }

    @Test
    void suspendingTwiceAndResumingTwiceIsSuspendingOnce() {
        running();
        clock.suspend();
        after(50);
        clock.suspend();
        after(50);
        clock.resume();
        clock.resume();
        afterWithLife(99.9);
        clock.asks();
        assertThat(clock.due(lastLife)).isEqualTo(NOTHING);
        assertThat(afterWithLife(0.1)).isEqualTo(TURN);
    }

    @Test
    void aPromptWithoutAnySignIsAskedAboutSoonAndLessAndLessOften() {
        clock.connected();
        clock.accepted(Duration.ofMillis(600));
        assertThat(after(0.5)).isEqualTo(NOTHING);
        assertThat(after(0.1)).isEqualTo(QUIET);
        clock.asks();
        assertThat(after(9.9)).isEqualTo(NOTHING);
        assertThat(afterWithLife(0.1)).isNotEqualTo(NOTHING);
    }

    @Test
    void theNextCheckIsWhenSomethingMayRunOut() {
        assertThat(clock.nextCheck(lastLife)).isEqualTo(Duration.ofSeconds(10));
        clock.connected();
        assertThat(clock.nextCheck(lastLife)).isEqualTo(Duration.ofSeconds(30));
        clock.accepted(Duration.ofMillis(600));
        assertThat(clock.nextCheck(lastLife)).isEqualTo(Duration.ofMillis(600));
        clock.heard();
        assertThat(clock.nextCheck(lastLife)).isEqualTo(Duration.ofSeconds(5));
        clock.askAfter(Duration.ofSeconds(1));
        assertThat(clock.nextCheck(lastLife)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theNextCheckIsNeverAtOnceSoThatATimerCannotSpin() {
        time.advance(Duration.ofDays(1));
        assertThat(clock.nextCheck(lastLife)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void theLongestDurationsDoNotOverflow() {
        Duration longest = Duration.ofDays(36_500);
        for (long origin : new long[] {0, Long.MAX_VALUE - 7, Long.MIN_VALUE + 7}) {
            TurnClock patient = new TurnClock(new Timeouts(longest, longest, longest, longest), () -> origin);
            assertThat(patient.due(origin)).isEqualTo(NOTHING);
            patient.connected();
            patient.heard();
            assertThat(patient.due(origin)).isEqualTo(NOTHING);
            assertThat(patient.nextCheck(origin)).isEqualTo(longest);
        }
    }
}
