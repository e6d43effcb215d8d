package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.StepFinished;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.core.work.ManualTicker;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.server.model.SessionStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded streams of three server versions come out as the servers stored them, however their bytes arrive. */
class RecordingReplayTest {

    static Stream<Recording> recordings() {
        return Recording.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void comesOutAsTheServerStoredItInOneChunk(Recording recording) {
        verify(recording, replay(recording, recording.stream()));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void comesOutTheSameSplitAtEveryPosition(Recording recording) {
        byte[] stream = recording.stream();
        List<Object> whole = comparable(replay(recording, stream));
        for (int split = 1; split < stream.length; split++) {
            List<AgentEvent> events =
                    replay(recording, Arrays.copyOf(stream, split), Arrays.copyOfRange(stream, split, stream.length));
            assertThat(comparable(events)).as("split at %d", split).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void comesOutTheSameByteByByteWithAnyLineEnd(Recording recording) {
        List<Object> expected = comparable(replay(recording, recording.stream()));
        String text = new String(recording.stream(), StandardCharsets.UTF_8);
        for (String lineEnd : List.of("\n", "\r", "\r\n")) {
            byte[] bytes = ("\uFEFF: a comment\n" + text).replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
            byte[][] single = new byte[bytes.length][];
            for (int i = 0; i < bytes.length; i++) single[i] = new byte[] {bytes[i]};
            assertThat(comparable(replay(recording, single))).isEqualTo(expected);
        }
    }

    private static void verify(Recording recording, List<AgentEvent> events) {
        assertThat(events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(events.stream().filter(TurnEnded.class::isInstance)).hasSize(1);
        TurnEnded end = (TurnEnded) events.get(events.size() - 1);
        Reply reply = end.result().reply();
        List<Message> answers = recording.answers();
        assertThat(withoutQuestionIds(reply.parts())).isEqualTo(storedParts(answers));
        assertThat(reply.usage())
                .isEqualTo(answers.stream()
                        .flatMap(answer -> answer.steps().stream())
                        .map(StepFinished::usage)
                        .reduce(Usage.NONE, Usage::plus));
        assertThat(reply.cost())
                .isEqualByComparingTo(
                        answers.stream().map(answer -> answer.info().cost()).reduce(BigDecimal.ZERO, BigDecimal::add));
        AgentException error = answers.get(answers.size() - 1).info().failure();
        if (error == null) assertThat(end).isInstanceOf(TurnCompleted.class);
        else if (error instanceof InterruptedTurnException) assertThat(end).isInstanceOf(TurnInterrupted.class);
        else
            assertThat(end)
                    .isInstanceOfSatisfying(
                            TurnFailed.class,
                            failed -> assertThat(failed.error().reason()).isEqualTo(error.reason()));
    }

    private static List<Part> storedParts(List<Message> answers) {
        List<Part> parts = new ArrayList<>();
        for (Message answer : answers) {
            for (Part part : answer.parts()) {
                boolean blank = part instanceof TextPart text && text.text().isBlank();
                if (!blank) parts.add(part.at(parts.size()));
            }
        }
        return parts;
    }

    private static List<Part> withoutQuestionIds(List<Part> parts) {
        return parts.stream()
                .map(part -> part instanceof ToolPart tool
                        ? (Part) tool.toBuilder().requestId(null).build()
                        : part)
                .toList();
    }

    /** The events without what no replay repeats: the time of day. */
    private static List<Object> comparable(List<AgentEvent> events) {
        List<Object> comparable = new ArrayList<>();
        for (AgentEvent event : events) {
            if (event instanceof TurnEnded end) {
                comparable.add(end.getClass());
                comparable.add(end.result().reply());
            } else if (event instanceof ErrorReported reported) {
                comparable.add(reported.error().reason());
            } else {
                comparable.add(event);
            }
        }
        return comparable;
    }

    private static List<AgentEvent> replay(Recording recording, byte[]... chunks) {
        ManualTicker ticker = new ManualTicker();
        FakeUpstream upstream = new FakeUpstream(recording.sessionId(), ticker);
        upstream.nextId = () -> CompletableFuture.completedFuture(recording.promptId());
        upstream.look = () -> CompletableFuture.completedFuture(new Snapshot(
                SessionStatus.IDLE, true, recording.answers(), List.of(), List.of(), List.of(), List.of()));
        ServerTurn turn = ServerTurn.start(
                recording.sessionId(),
                SessionOptions.DEFAULT,
                upstream,
                ticker,
                new ServerTurn.Surroundings(
                        Opening.send(Prompt.of("as recorded")), Runnable::run, new LiveTurns(), () -> {}));
        for (byte[] chunk : chunks) upstream.wire.feed(chunk);
        ticker.advance(Duration.ofSeconds(1));
        List<AgentEvent> events = new ArrayList<>();
        turn.forEach(events::add);
        return events;
    }
}
