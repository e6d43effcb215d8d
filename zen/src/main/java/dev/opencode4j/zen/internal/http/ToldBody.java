package dev.opencode4j.zen.internal.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A body that tells when it is asked for: the connection stands then, and the other side has all it needs soon. */
final class ToldBody implements HttpRequest.BodyPublisher {

    private final HttpRequest.BodyPublisher body;
    private final Runnable onSend;

    ToldBody(HttpRequest.BodyPublisher body, Runnable onSend) {
        this.body = body;
        this.onSend = onSend;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        onSend.run();
        body.subscribe(subscriber);
    }
}
