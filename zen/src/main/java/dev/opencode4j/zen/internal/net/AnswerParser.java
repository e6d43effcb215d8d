package dev.opencode4j.zen.internal.net;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer of HTTP/1.1 apart (RFC 9112) as its bytes come, wherever they were cut: its head, and its body without
 * the framing, in slices of the bytes that were given. Preliminary answers are passed over, as are trailers. Not
 * thread-safe; one parser an answer.
 */
final class AnswerParser {

    private enum State {
        HEAD,
        SIZED,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        TO_THE_END,
        DONE
    }

    /** More digits than this name a chunk that nobody sends. */
    private static final int MOST_DIGITS = 15;

    private static final int LONGEST_EXTENSION = 16 << 10;

    private final AnswerSink sink;
    private final boolean bodiless;
    private final HeadLines lines = new HeadLines();
    private State state = State.HEAD;
    private HeadReader head = new HeadReader();
    private boolean begun;

    /** Of the body or chunk, how much is to come. */
    private long left;

    private int digits;
    private int extension;
    private boolean returned;

    private AnswerParser(AnswerSink sink, boolean bodiless) {
        this.sink = sink;
        this.bodiless = bodiless;
    }

    AnswerParser(AnswerSink sink) {
        this(sink, false);
    }

    /** For what asked for a tunnel: its answer ends with its head. */
    static AnswerParser ofTunnel(AnswerSink sink) {
        return new AnswerParser(sink, true);
    }

    /**
     * Takes the next bytes.
     *
     * @return how many of them are the answer's: fewer than there are only when it is whole
     * @throws IOException if this is no such answer
     */
    int feed(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        begun |= length > 0;
        while (at < end && state != State.DONE) at = step(bytes, at, end);
        return at - offset;
    }

    private int step(byte[] bytes, int at, int end) throws IOException {
        switch (state) {
            case HEAD, TRAILERS -> {
                int next = lines.take(bytes, at, end);
                if (lines.isWhole()) line(lines.next());
                return next;
            }
            case SIZED, CHUNK, TO_THE_END -> {
                return content(bytes, at, end);
            }
            case CHUNK_SIZE -> chunkSize(bytes[at]);
            case CHUNK_EXTENSION -> chunkExtension(bytes[at]);
            case CHUNK_END -> chunkEnd(bytes[at]);
            case DONE -> throw new IllegalStateException("the answer is whole");
        }
        return at + 1;
    }

    private void line(String line) throws IOException {
        if (state == State.TRAILERS) {
            if (line.isEmpty()) state = State.DONE;
        } else if (!line.isEmpty()) {
            head.line(line);
        } else if (head.isPreliminary()) {
            head.refuseSwitch();
            head = new HeadReader();
        } else {
            state = afterHead();
            sink.head(head.read());
        }
    }

    private State afterHead() throws IOException {
        left = head.length();
        if (bodiless || head.isBodiless()) return State.DONE;
        if (head.isChunked()) return State.CHUNK_SIZE;
        if (left == 0) return State.DONE;
        return left > 0 ? State.SIZED : State.TO_THE_END;
    }

    private int content(byte[] bytes, int at, int end) {
        int count = state == State.TO_THE_END ? end - at : (int) Math.min(end - at, left);
        left -= count;
        if (left == 0) {
            if (state == State.SIZED) state = State.DONE;
            if (state == State.CHUNK) state = State.CHUNK_END;
        }
        sink.body(bytes, at, count);
        return at + count;
    }

    private void chunkSize(byte next) throws IOException {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            left = digits == 0 ? digit : left << 4 | digit;
            if (++digits > MOST_DIGITS) throw new IOException("a chunk's size is beyond all measure");
            return;
        }
        if (digits == 0 || !isBetween(next)) throw new IOException("a chunk's size is no number");
        state = State.CHUNK_EXTENSION;
        extension = 0;
        chunkExtension(next);
    }

    private static boolean isBetween(byte next) {
        return next == '\r' || next == '\n' || next == ';' || next == ' ' || next == '\t';
    }

    /** What follows the size means nothing to us. */
    private void chunkExtension(byte next) throws IOException {
        if (++extension > LONGEST_EXTENSION) throw new IOException("what follows a chunk's size does not end");
        if (next != '\n') return;
        state = left == 0 ? State.TRAILERS : State.CHUNK;
        digits = 0;
    }

    private void chunkEnd(byte next) throws IOException {
        if (next == '\n') state = State.CHUNK_SIZE;
        else if (next != '\r' || returned) throw new IOException("a chunk is longer than it said");
        returned = next == '\r';
    }

    /**
     * The connection was closed by the other side.
     *
     * @throws EOFException if more should have come
     */
    void end() throws EOFException {
        if (state != State.TO_THE_END && state != State.DONE) {
            throw new EOFException(
                    begun ? "it was closed in the middle of an answer" : "it was closed without an answer");
        }
        state = State.DONE;
    }

    /** Whether a byte of the answer has come. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the answer is whole. */
    boolean isDone() {
        return state == State.DONE;
    }

    /** Whether the other side keeps the connection for another request after this answer. */
    boolean keepsConnection() {
        return head.keepsConnection();
    }

    /** How long the other side says that it keeps the connection; null if it does not say. */
    @Nullable
    Duration keepAlive() {
        return head.keepAlive();
    }

    @Override
    public String toString() {
        return "AnswerParser[" + state.name().toLowerCase(Locale.ROOT) + ']';
    }
}
