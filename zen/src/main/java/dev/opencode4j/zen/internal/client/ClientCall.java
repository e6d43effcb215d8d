package dev.opencode4j.zen.internal.client;

import dev.opencode4j.core.work.Ticker;
import dev.opencode4j.zen.internal.net.Call;
import dev.opencode4j.zen.internal.net.Exchange;
import dev.opencode4j.zen.internal.net.Head;
import dev.opencode4j.zen.internal.net.HeaderFields;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A request that is with a client: hands its answer on, and ends it once. Thread-safe; no lock is held while others are
 * called.
 */
final class ClientCall
        implements Call, HttpResponse.BodyHandler<@Nullable Void>, HttpResponse.BodySubscriber<@Nullable Void> {

    private final Exchange exchange;
    private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();
    private Ticker.Cancellable timer = () -> {};
    private @Nullable Future<?> response;
    private Flow.@Nullable Subscription subscription;
    private boolean sent;
    private boolean over;

    ClientCall(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Gives up unless a connection stands in time. */
    void connectWithin(Duration limit, Ticker ticker) {
        Ticker.Cancellable planned = ticker.schedule(limit, this::expire);
        synchronized (this) {
            timer = planned;
        }
    }

    private void expire() {
        synchronized (this) {
            if (sent) return;
        }
        if (!finish()) return;
        release();
        exchange.broke(new SocketTimeoutException("no connection in time"));
    }

    /** The client answers with {@code future}, by which it is also told to give up. */
    void carriedBy(CompletableFuture<?> future) {
        boolean late;
        synchronized (this) {
            response = future;
            late = over;
        }
        if (late) release();
        future.whenComplete((answer, failure) -> {
            if (failure != null) broke(failure);
        });
    }

    /** The connection stands. */
    void sent() {
        Ticker.Cancellable planned;
        synchronized (this) {
            sent = true;
            planned = timer;
        }
        planned.cancel();
        if (!isOver()) exchange.sent();
    }

    @Override
    public HttpResponse.BodySubscriber<@Nullable Void> apply(HttpResponse.ResponseInfo info) {
        HeaderFields fields = new HeaderFields();
        info.headers().map().forEach((name, values) -> values.forEach(value -> fields.add(name, value)));
        if (!isOver()) exchange.head(new Head(info.statusCode(), fields.copy()));
        return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        if (isOver()) given.cancel();
        else given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        if (isOver()) return;
        exchange.gathering();
        try {
            parts.forEach(this::hand);
        } finally {
            exchange.settled();
        }
        Flow.Subscription given;
        synchronized (this) {
            given = over ? null : subscription;
        }
        if (given != null) given.request(1);
    }

    private void hand(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        if (bytes.length > 0) exchange.body(bytes, 0, bytes.length);
    }

    @Override
    public void onError(Throwable failure) {
        broke(failure);
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (finish()) exchange.ended();
        body.complete(null);
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return body;
    }

    private void broke(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!finish()) return;
        exchange.broke(cause instanceof IOException known ? known : new IOException("unexpected: " + cause, cause));
    }

    @Override
    public void cancel() {
        if (finish()) release();
    }

    /** Has the client drop the connection, or the stream on it: it reads no more of the answer. */
    private void release() {
        Flow.Subscription given;
        Future<?> future;
        synchronized (this) {
            given = subscription;
            future = response;
        }
        if (given != null) given.cancel();
        if (future != null) future.cancel(true);
        body.completeExceptionally(new IOException("the request was given up"));
    }

    private synchronized boolean isOver() {
        return over;
    }

    private boolean finish() {
        Ticker.Cancellable planned;
        synchronized (this) {
            if (over) return false;
            over = true;
            planned = timer;
        }
        planned.cancel();
        return true;
    }
}
