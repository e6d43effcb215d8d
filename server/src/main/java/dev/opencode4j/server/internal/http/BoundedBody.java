package dev.opencode4j.server.internal.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects the body of an answer up to a limit. When there is more, the connection is given up. */
final class BoundedBody implements BodySubscriber<BoundedBody.Bytes> {

    /** As much of a refusal as is read: its words are at its beginning. */
    static final int REFUSAL = 64 * 1024;

    /**
     * What came of a body.
     *
     * @param content the bytes, or the first of them
     * @param isWhole whether there are no more
     */
    @SuppressWarnings("ArrayRecordComponent") // It is never compared, and belongs to its one reader.
    record Bytes(byte[] content, boolean isWhole) {}

    private final int limit;
    private final CompletableFuture<Bytes> result = new CompletableFuture<>();
    private final List<ByteBuffer> received = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private long length;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        to.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (result.isDone()) return;
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
            received.add(buffer);
        }
        if (length <= limit) return;
        Objects.requireNonNull(subscription).cancel();
        result.complete(new Bytes(joined(limit), false));
    }

    @Override
    public void onError(Throwable failure) {
        received.clear();
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (!result.isDone()) result.complete(new Bytes(joined((int) length), true));
    }

    private byte[] joined(int size) {
        byte[] all = new byte[size];
        int at = 0;
        for (ByteBuffer buffer : received) {
            int count = Math.min(buffer.remaining(), size - at);
            buffer.get(all, at, count);
            at += count;
        }
        received.clear();
        return all;
    }
}
