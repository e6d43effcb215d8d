package dev.opencode4j.benchmarks.pipeline;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One operation is all recordings once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PipelineBenchmark {

    private final List<RecordedStream> streams = RecordedStream.all();
    private final Tokenizing tokenizing = new Tokenizing(streams);
    private final Replay replay = new Replay(streams);

    @Benchmark
    public int tokenizeEventByEvent() {
        return tokenizing.eventByEvent();
    }

    @Benchmark
    public int tokenizeInOneGo() {
        return tokenizing.inOneGo();
    }

    @Benchmark
    public int applyToTurns() {
        return replay.toTheirTurns();
    }

    @Benchmark
    public void dropForeign() {
        replay.pastAnotherTurn();
    }
}
