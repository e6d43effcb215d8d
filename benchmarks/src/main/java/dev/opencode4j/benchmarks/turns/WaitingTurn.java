package dev.opencode4j.benchmarks.turns;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** The consumer of one turn: knows when its turn waits, and counts what it hears. */
final class WaitingTurn implements Flow.Subscriber<AgentEvent> {

    private final AgentSession session;
    private final String marker;
    private final CountDownLatch waiting;
    private final CountDownLatch ended;
    private int deltas;
    private volatile boolean failed;
    private volatile Turn turn;

    private WaitingTurn(AgentSession session, String marker, CountDownLatch waiting, CountDownLatch ended) {
        this.session = session;
        this.marker = marker;
        this.waiting = waiting;
        this.ended = ended;
        this.turn = session.start(marker);
    }

    static WaitingTurn start(AgentSession session, String marker, CountDownLatch waiting, CountDownLatch ended) {
        WaitingTurn started = new WaitingTurn(session, marker, waiting, ended);
        started.turn.publisher().subscribe(started);
        return started;
    }

    /** Whether the turn ended well and said its own words and no others. */
    boolean isRight() {
        return !failed
                && turn.sessionId().equals(session.id())
                && turn.result().reply().text().equals(ImpostorProcess.WAITING + marker);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(AgentEvent event) {
        if (event instanceof TextDelta && ++deltas == 1) waiting.countDown();
    }

    @Override
    public void onError(Throwable error) {
        failed = true;
        waiting.countDown();
        ended.countDown();
    }

    @Override
    public void onComplete() {
        waiting.countDown();
        ended.countDown();
    }
}
