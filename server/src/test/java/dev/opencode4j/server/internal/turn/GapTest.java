package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.work.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections are numbered, and old news of them is no news. */
class GapTest {

    private final ManualTicker time = new ManualTicker();
    private final Gap gap = new Gap(time::nanoTime);
    private final ConnectionException cause = new ConnectionException("it broke", null, null);

    @Test
    void aConnectionThatBrokeBeforeItsBeginningWasToldIsNotUp() {
        gap.streamBroke(1, cause);
        assertThat(gap.streamCameUp(1)).isFalse();
        assertThat(gap.isStreamUp()).isFalse();
        assertThat(gap.streamCameUp(2)).isTrue();
        assertThat(gap.streamCameUp(2)).isFalse();
    }

    @Test
    void aGapLastsFromItsFirstBreakUntilItIsAskedAbout() {
        gap.streamCameUp(1);
        assertThat(gap.close()).isEmpty();
        gap.streamBroke(1, cause);
        time.advance(Duration.ofSeconds(2));
        gap.streamBroke(2, new ConnectionException("again", null, null));
        assertThat(gap.close())
                .as("nothing can be whole while the stream is down")
                .isEmpty();
        gap.streamCameUp(3);
        time.advance(Duration.ofSeconds(1));
        assertThat(gap.close()).contains(new Gap.Closed(Duration.ofSeconds(3), "it broke"));
        assertThat(gap.close()).isEmpty();
    }

    @Test
    void whatBrokeBeforeThePromptWasSentDoesNotMatter() {
        gap.streamBroke(1, cause);
        gap.refused();
        gap.streamCameUp(2);
        gap.forget();
        assertThat(gap.isOpen()).isFalse();
        assertThat(gap.wasBroken()).isFalse();
        assertThat(gap.serverWasDown()).isFalse();
        assertThat(gap.isStreamUp()).isTrue();
    }
}
