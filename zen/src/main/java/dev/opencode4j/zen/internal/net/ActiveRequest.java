package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** A request that is under way. What is not public happens on the loop's thread. */
final class ActiveRequest implements Call {

    /**
     * Where a request goes.
     *
     * @param route the way
     * @param addresses of its hop, at least one
     * @param connect how long it may take until a connection stands
     */
    record Destination(Route route, List<InetSocketAddress> addresses, Duration connect) {}

    private final Loop loop;
    private final Destination destination;
    private final byte[] bytes;
    private final Exchange exchange;
    private Ticker.Cancellable timer = () -> {};
    private Runnable carrier = () -> {};
    private boolean unsettled;
    private boolean sent;
    private boolean over;

    ActiveRequest(Loop loop, Destination destination, byte[] bytes, Exchange exchange) {
        this.loop = loop;
        this.destination = destination;
        this.bytes = bytes;
        this.exchange = exchange;
    }

    Destination destination() {
        return destination;
    }

    /** Gives up unless a connection stands in time. */
    void limitConnecting(Ticker ticker) {
        sent = false;
        timer = ticker.schedule(destination.connect(), () -> loop.execute(this::expire));
    }

    @Override
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

    /** Takes a step towards sending it; what that throws is the request's end. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            carrier.run();
            broke(Connection.broken(e));
        }
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
        return ByteBuffer.wrap(bytes);
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
