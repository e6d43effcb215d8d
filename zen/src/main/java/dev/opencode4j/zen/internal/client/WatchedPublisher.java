package dev.opencode4j.zen.internal.client;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A request's body that says when it is asked for: a client does so as soon as the connection stands. */
final class WatchedPublisher implements HttpRequest.BodyPublisher {

    private final HttpRequest.BodyPublisher body;
    private final Runnable onSubscribe;

    WatchedPublisher(HttpRequest.BodyPublisher body, Runnable onSubscribe) {
        this.body = body;
        this.onSubscribe = onSubscribe;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        onSubscribe.run();
        body.subscribe(subscriber);
    }
}
