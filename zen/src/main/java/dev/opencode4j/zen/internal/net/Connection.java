package dev.opencode4j.zen.internal.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that stands, and carries one request after another. On the loop's thread only. */
final class Connection implements Loop.Handler {

    /** Is told what becomes of a connection. */
    interface Owner {

        /**
         * It may carry another request.
         *
         * @param keepAlive how long the other side says that it keeps it; null if it does not say
         */
        void onIdle(Connection connection, @Nullable Duration keepAlive);

        /**
         * It had carried others before, and ended without a byte of an answer to this one: the other side gave it up while
         * the request was on its way.
         */
        void onUnanswered(ActiveRequest request);
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** So often a connection is read before others have their turn. */
    private static final int READS = 16;

    private final Loop loop;
    private final SelectionKey key;
    private final Pipe pipe;
    private final Owner owner;
    private ByteBuffer out = NOTHING;
    private @Nullable IOException unwritable;
    private @Nullable ActiveRequest request;
    private @Nullable AnswerParser answer;
    private @Nullable Duration keepAlive;
    private boolean reused;
    private boolean closed;

    Connection(Loop loop, SelectionKey key, Pipe pipe, Owner owner) {
        this.loop = loop;
        this.key = key;
        this.pipe = pipe;
        this.owner = owner;
        key.attach(this);
        key.interestOps(pipe.interest());
    }

    /** Carries a request, unless nobody wants it any more. */
    void carry(ActiveRequest next) {
        if (!next.isCarriedBy(this::close)) {
            owner.onIdle(this, keepAlive);
            return;
        }
        request = next;
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
        if (request != null) request.read();
        int taken = parser.feed(in.array(), in.arrayOffset(), count);
        if (parser.isDone()) done(parser, taken == count && !out.hasRemaining() && unwritable == null);
    }

    private void end() throws EOFException {
        AnswerParser parser = answer;
        if (parser == null) {
            close();
            return;
        }
        parser.end();
        done(parser, false);
    }

    private void done(AnswerParser parser, boolean isQuiet) {
        ActiveRequest finished = request;
        request = null;
        answer = null;
        reused = true;
        keepAlive = parser.keepAlive();
        if (isQuiet && parser.keepsConnection()) owner.onIdle(this, keepAlive);
        else close();
        if (finished != null) finished.ended();
    }

    @Override
    public void broke(Throwable cause) {
        close();
        ActiveRequest failed = request;
        request = null;
        if (failed == null) return;
        boolean unanswered = cause instanceof IOException && (answer == null || !answer.hasBegun());
        if (reused && unanswered) owner.onUnanswered(failed);
        else failed.broke(broken(unwritable == null ? cause : unwritable));
    }

    /** A failure as one of the connection's. */
    static IOException broken(Throwable cause) {
        return cause instanceof IOException known ? known : new IOException("unexpected: " + cause, cause);
    }

    /**
     * Whether it can carry a request. Looks, for the selector may not have seen yet what came: a byte that nobody asked for
     * would be taken for the beginning of the next answer, which was another request's. Closes it if not.
     */
    boolean isUsable() {
        if (closed) return false;
        ByteBuffer in = loop.buffer();
        in.clear();
        try {
            if (pipe.read(in) == 0) return true;
        } catch (IOException e) {
            // It has ended, as is said below.
        }
        close();
        return false;
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes it; its request is told nothing. */
    void close() {
        closed = true;
        pipe.close();
    }
}
