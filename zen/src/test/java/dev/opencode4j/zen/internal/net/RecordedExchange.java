package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What became of one request. */
final class RecordedExchange implements Exchange {

    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Runnable onEnd;

    RecordedExchange() {
        this(() -> {});
    }

    /** @param onEnd runs on the loop's thread when the answer is whole */
    RecordedExchange(Runnable onEnd) {
        this.onEnd = onEnd;
    }

    /** The answer's body; throws what broke it. */
    String body() throws Exception {
        return body.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void sent() {}

    @Override
    public void gathering() {}

    @Override
    public void settled() {}

    @Override
    public void head(Head head) {}

    @Override
    public void body(byte[] part, int offset, int length) {
        bytes.write(part, offset, length);
    }

    @Override
    public void ended() {
        onEnd.run();
        body.complete(bytes.toString(UTF_8));
    }

    @Override
    public void broke(IOException cause) {
        body.completeExceptionally(cause);
    }
}
