package dev.opencode4j.zen.internal.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that stands, and carries one request after another. On the loop's thread only. */
final class Connection implements Loop.Handler {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** So often a connection is read before others have their turn. */
    private static final int READS = 16;

    private final Loop loop;
    private final SelectionKey key;
    private final Pipe pipe;
    private final Consumer<Connection> onIdle;
    private ByteBuffer out = NOTHING;
    private @Nullable IOException unwritable;
    private @Nullable Call call;
    private @Nullable AnswerParser answer;
    private boolean closed;

    /** @param onIdle is told when it may carry another request */
    Connection(Loop loop, SelectionKey key, Pipe pipe, Consumer<Connection> onIdle) {
        this.loop = loop;
        this.key = key;
        this.pipe = pipe;
        this.onIdle = onIdle;
        key.attach(this);
        key.interestOps(pipe.interest());
    }

    /** Carries a request, unless nobody wants it any more. */
    void carry(Call next) {
        if (!next.isCarriedBy(this::close)) {
            onIdle.accept(this);
            return;
        }
        call = next;
        answer = new AnswerParser(next.sink());
        out = next.sent();
        Loop.tell(this);
    }

    @Override
    public void ready() throws IOException {
        if (closed) return;
        write();
        read();
        if (!closed && key.interestOps() != pipe.interest()) key.interestOps(pipe.interest());
    }

    /** A server that refuses a request may answer and hang up before it has read all of it: it is heard first. */
    private void write() {
        if (!out.hasRemaining()) return;
        try {
            pipe.write(out);
        } catch (IOException e) {
            unwritable = e;
            out = NOTHING;
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.buffer();
        for (int i = 0; i < READS && !closed; i++) {
            in.clear();
            int count = pipe.read(in);
            if (count == 0) return;
            if (count < 0) end();
            else take(in, count);
            if (count < 0 || !pipe.mayHoldMore(in)) return;
        }
        loop.execute(() -> Loop.tell(this));
    }

    private void take(ByteBuffer in, int count) throws IOException {
        AnswerParser parser = answer;
        if (parser == null) {
            close(); // Nothing was asked.
            return;
        }
        if (call != null) call.read();
        int taken = parser.feed(in.array(), in.arrayOffset(), count);
        if (parser.isDone()) done(parser.keepsConnection() && taken == count && !out.hasRemaining());
    }

    private void end() throws EOFException {
        AnswerParser parser = answer;
        if (parser == null) {
            close();
            return;
        }
        parser.end();
        done(false);
    }

    private void done(boolean stays) {
        Call finished = call;
        call = null;
        answer = null;
        if (stays && unwritable == null) onIdle.accept(this);
        else close();
        if (finished != null) finished.ended();
    }

    @Override
    public void broke(Throwable cause) {
        close();
        Call failed = call;
        call = null;
        if (failed != null) failed.broke(broken(unwritable == null ? cause : unwritable));
    }

    /** A failure as one of the connection's. */
    static IOException broken(Throwable cause) {
        return cause instanceof IOException known ? known : new IOException("unexpected: " + cause, cause);
    }

    /** Whether it can carry a request. */
    boolean isOpen() {
        return !closed;
    }

    /** Closes it; its call is told nothing. */
    void close() {
        closed = true;
        pipe.close();
    }
}
