package dev.opencode4j.benchmarks.pipeline;

import dev.opencode4j.benchmarks.EveryEvent;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.internal.stream.OpenWire;
import dev.opencode4j.server.internal.turn.LiveTurns;
import dev.opencode4j.server.internal.turn.Opening;
import dev.opencode4j.server.internal.turn.ServerTurn;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Recorded streams on their way to turns, from the bytes to a consumer that takes every event. */
final class Replay {

    private static final Prompt PROMPT = Prompt.of("as recorded");

    private final List<RecordedStream> streams;
    private final int[] events;

    Replay(List<RecordedStream> streams) {
        this.streams = streams;
        this.events = streams.stream().mapToInt(Replay::count).toArray();
    }

    /** Replays all streams; how many events the consumers took. */
    int toTheirTurns() {
        int taken = 0;
        for (int i = 0; i < events.length; i++) {
            RecordedStream stream = streams.get(i);
            OpenWire wire = new OpenWire();
            Iterator<AgentEvent> consumer = start(stream, wire).iterator();
            wire.feed(stream.bytes());
            for (int n = 0; n < events[i]; n++) {
                consumer.next();
                taken++;
            }
        }
        return taken;
    }

    /** Replays all streams where only another session than theirs is watched. */
    void pastAnotherTurn() {
        for (RecordedStream stream : streams) {
            OpenWire wire = new OpenWire();
            wire.watch("ses_of_another_turn", Silent.SUBSCRIBER);
            wire.feed(stream.bytes());
        }
    }

    private static ServerTurn start(RecordedStream stream, OpenWire wire) {
        return ServerTurn.start(
                stream.sessionId(),
                SessionOptions.DEFAULT,
                new RecordedServer(stream, wire),
                StoppedClock.INSTANCE,
                new ServerTurn.Surroundings(Opening.send(PROMPT), Runnable::run, new LiveTurns(), () -> {}));
    }

    /** A turn that the stream alone does not end would make a consumer wait: it is told how many events there are. */
    private static int count(RecordedStream stream) {
        OpenWire wire = new OpenWire();
        int[] seen = {0};
        CompletableFuture<Void> over = EveryEvent.of(start(stream, wire), event -> seen[0]++);
        wire.feed(stream.bytes());
        if (over.isCompletedExceptionally()) over.join();
        return seen[0];
    }
}
