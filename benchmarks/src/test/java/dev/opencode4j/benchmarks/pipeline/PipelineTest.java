package dev.opencode4j.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private final List<RecordedStream> streams = RecordedStream.all();

    @Test
    void bringsTheSameEventsToTheirTurnsEachTime() {
        Replay replay = new Replay(streams);
        int events = replay.toTheirTurns();
        assertThat(events).isGreaterThan(10 * streams.size()).isEqualTo(replay.toTheirTurns());
        replay.pastAnotherTurn();
    }

    @Test
    void bringsThemAlsoByTheStreamOfTheWholeServer() {
        Replay wrapped =
                new Replay(streams.stream().map(RecordedStream::ofWholeServer).toList());
        assertThat(wrapped.toTheirTurns()).isEqualTo(new Replay(streams).toTheirTurns());
    }

    @Test
    void tokenisesAsManyTokensEitherWay() {
        Tokenizing tokenizing = new Tokenizing(streams);
        assertThat(tokenizing.eventByEvent()).isPositive().isEqualTo(tokenizing.inOneGo());
    }

    @Test
    void printsARowForEachSide() {
        assertThat(new PipelineRatio(streams).rounds(1)).hasSize(6);
    }
}
