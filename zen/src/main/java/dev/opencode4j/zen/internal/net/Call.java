package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A request that is under way. What is not public happens on the loop's thread. */
public final class Call {

    private final Loop loop;
    private final ByteBuffer request;
    private final Exchange exchange;
    private Ticker.Cancellable timer = () -> {};
    private Runnable carrier = () -> {};
    private boolean unsettled;
    private boolean sent;
    private boolean over;

    Call(Loop loop, byte[] request, Exchange exchange) {
        this.loop = loop;
        this.request = ByteBuffer.wrap(request);
        this.exchange = exchange;
    }

    /** Gives up unless a connection stands in time. */
    void connectWithin(Duration limit, Ticker ticker) {
        timer = ticker.schedule(limit, () -> loop.execute(this::expire));
    }

    /** Lets go of the request and its connection, unless the answer is whole; nothing more is told. Any thread. */
    public void cancel() {
        loop.execute(() -> {
            if (finish()) carrier.run();
        });
    }

    private void expire() {
        if (sent || !finish()) return;
        carrier.run();
        exchange.broke(new SocketTimeoutException("no connection in time"));
    }

    /** From now on {@code close} lets go of what carries the request; false if nobody wants it any more. */
    boolean isCarriedBy(Runnable close) {
        if (!over) carrier = close;
        return !over;
    }

    /** The connection stands; the bytes to be sent. */
    ByteBuffer sent() {
        sent = true;
        timer.cancel();
        exchange.sent();
        return request;
    }

    /** Something of its answer is about to be told. */
    void read() {
        if (unsettled) return;
        unsettled = true;
        exchange.gathering();
        loop.afterwards(() -> {
            unsettled = false;
            exchange.settled();
        });
    }

    AnswerSink sink() {
        return exchange;
    }

    void ended() {
        if (finish()) exchange.ended();
    }

    void broke(IOException cause) {
        if (finish()) exchange.broke(cause);
    }

    private boolean finish() {
        if (over) return false;
        over = true;
        timer.cancel();
        return true;
    }
}
