package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.work.Ticker;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Looks at a turn's clock whenever something may have run out: one planned task a turn. Runs in the turn's mailbox. */
final class TurnTimer {

    private final TurnContext turn;
    private final TurnClock clock;
    private final LongSupplier lastLife;
    private final Consumer<TurnClock.Due> onDue;
    private Ticker.Cancellable planned = () -> {};
    private boolean isOver;

    /**
     * A timer that plans nothing yet.
     *
     * @param lastLife when the stream last gave a sign of life
     * @param onDue is told what has run out
     */
    TurnTimer(TurnContext turn, TurnClock clock, LongSupplier lastLife, Consumer<TurnClock.Due> onDue) {
        this.turn = turn;
        this.clock = clock;
        this.lastLife = lastLife;
        this.onDue = onDue;
    }

    /** The clock has changed: plans the next look at it. */
    void plan() {
        if (isOver) return;
        planned.cancel();
        planned = turn.ticker()
                .schedule(
                        clock.nextCheck(lastLife.getAsLong()),
                        () -> turn.mailbox().post(this::check));
    }

    private void check() {
        if (isOver) return;
        onDue.accept(clock.due(lastLife.getAsLong()));
        plan();
    }

    /** Looks no more. */
    void end() {
        isOver = true;
        planned.cancel();
    }
}
