package dev.opencode4j.core.sse;

import dev.opencode4j.core.bytes.ByteSearch;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream of bytes into the events of the SSE grammar: lines end in LF, CR or CRLF, freely mixed; a blank line
 * ends an event; a byte order mark may come first; {@code data} lines are joined with LF; comments and other fields
 * say nothing here.
 *
 * <p>OpenCode sends one {@code data} line an event, so the usual event is handed on where it lies in the caller's
 * buffer, without a copy. Only what a chunk cuts in two is kept, and that is bounded by the event, not by the chunk: a
 * chunk may hold any number of whole events.
 *
 * <p>Not thread-safe; one parser per connection. An event that is incomplete at the end of the stream is dropped, as
 * the grammar demands.
 */
public final class SseParser {

    /** The largest event taken by default; the largest seen held a few megabytes of a command's output. */
    public static final int DEFAULT_MAX_EVENT = 64 << 20;

    private static final int FIELD_NAME = "data: ".length();

    private final int maxEvent;
    private final FrameSink sink;

    /** A line that the last chunk cut in two. */
    private final GrowingBytes cutLine = new GrowingBytes();

    /** The data of the event so far, when it could not stay where it lay. */
    private final GrowingBytes joined = new GrowingBytes();

    /** The event's only data line so far, where it lies. */
    private byte @Nullable [] lone;

    private int loneOffset;
    private int loneLength;
    private boolean hasData;
    private boolean overflown;
    private boolean skipLineFeed;
    private boolean firstLine = true;

    /** A parser that throws away events of more than {@code maxEvent} bytes. */
    public SseParser(int maxEvent, FrameSink sink) {
        this.maxEvent = maxEvent;
        this.sink = sink;
    }

    /** Takes the next bytes and hands on the events that they complete. */
    public void feed(byte[] chunk, int offset, int length) {
        int end = offset + length;
        int start = offset;
        if (skipLineFeed && start < end) {
            skipLineFeed = false;
            if (chunk[start] == '\n') start++;
        }
        for (int i = nextLineEnd(chunk, start, end); i < end; i = nextLineEnd(chunk, start, end)) {
            line(chunk, start, i);
            if (chunk[i] == '\r') {
                if (i + 1 == end) skipLineFeed = true;
                else if (chunk[i + 1] == '\n') i++;
            }
            start = i + 1;
        }
        keep(chunk, start, end);
    }

    /** JSON has no control characters but escaped ones: the first that is found ends the line, nearly always. */
    private static int nextLineEnd(byte[] chunk, int start, int end) {
        int at = ByteSearch.control(chunk, start, end);
        while (at < end && chunk[at] != '\n' && chunk[at] != '\r') at = ByteSearch.control(chunk, at + 1, end);
        return at;
    }

    private void line(byte[] chunk, int start, int end) {
        if (cutLine.isEmpty()) {
            wholeLine(chunk, start, end);
            return;
        }
        if (!overflown) cutLine.append(chunk, start, end - start);
        int length = cutLine.length();
        cutLine.clear();
        wholeLine(cutLine.bytes(), 0, length);
    }

    private void wholeLine(byte[] line, int from, int end) {
        int start = from;
        if (firstLine) {
            firstLine = false;
            if (startsWithMark(line, from, end)) start += 3;
        }
        if (start == end) {
            dispatch();
        } else if (!overflown && isData(line, start, end)) {
            int value = Math.min(start + 5, end);
            if (value < end && line[value] == ' ') value++;
            data(line, value, end - value);
        }
    }

    private void data(byte[] line, int offset, int length) {
        if (dataLength() + length > maxEvent) {
            overflow();
        } else if (!hasData) {
            hasData = true;
            lone = line;
            loneOffset = offset;
            loneLength = length;
        } else {
            moveLone();
            joined.append((byte) '\n');
            joined.append(line, offset, length);
        }
    }

    /** The chunk is the caller's again after this: keeps what an unfinished event has in it. */
    private void keep(byte[] chunk, int start, int end) {
        moveLone();
        if (start == end) return;
        if (!overflown && dataLength() + cutLine.length() + (end - start) > maxEvent + FIELD_NAME) overflow();
        if (!overflown) cutLine.append(chunk, start, end - start);
        else if (cutLine.isEmpty()) markCutLine();
    }

    private void moveLone() {
        if (lone == null) return;
        joined.append(lone, loneOffset, loneLength);
        lone = null;
    }

    private int dataLength() {
        return lone == null ? joined.length() : loneLength;
    }

    private void overflow() {
        overflown = true;
        forgetEvent();
        if (!cutLine.isEmpty()) markCutLine();
        sink.oversized();
    }

    /** Of a line that is thrown away only that it is not blank matters: it becomes a comment. */
    private void markCutLine() {
        cutLine.clear();
        cutLine.append((byte) ':');
    }

    private void dispatch() {
        if (hasData) {
            if (lone != null) sink.frame(lone, loneOffset, loneLength);
            else sink.frame(joined.bytes(), 0, joined.length());
        }
        overflown = false;
        forgetEvent();
    }

    private void forgetEvent() {
        hasData = false;
        lone = null;
        joined.clear();
        joined.trim();
        cutLine.trim();
    }

    private static boolean startsWithMark(byte[] line, int from, int end) {
        return end - from >= 3
                && line[from] == (byte) 0xEF
                && line[from + 1] == (byte) 0xBB
                && line[from + 2] == (byte) 0xBF;
    }

    private static boolean isData(byte[] line, int from, int end) {
        return end - from >= 4
                && line[from] == 'd'
                && line[from + 1] == 'a'
                && line[from + 2] == 't'
                && line[from + 3] == 'a'
                && (end - from == 4 || line[from + 4] == ':');
    }
}
