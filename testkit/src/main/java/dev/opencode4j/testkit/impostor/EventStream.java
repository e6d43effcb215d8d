package dev.opencode4j.testkit.impostor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscriber: a chunked response that does not end. */
final class EventStream {

    private static final byte[] HEAD = """
            HTTP/1.1 200 OK\r
            cache-control: no-cache, no-transform\r
            content-type: text/event-stream\r
            x-accel-buffering: no\r
            transfer-encoding: chunked\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Connection connection;
    private final @Nullable String directory;
    private final List<byte[]> heldBack = new ArrayList<>();
    private boolean frozen;
    private boolean stalled;

    EventStream(Connection connection, @Nullable String directory) {
        this.connection = connection;
        this.directory = directory;
    }

    Connection connection() {
        return connection;
    }

    void open(StreamFaults faults) {
        connection.send(HEAD);
        if (faults.byteOrderMark) {
            send(BYTE_ORDER_MARK, faults);
        }
    }

    boolean isOfEveryDirectory() {
        return directory == null;
    }

    boolean wants(Event event) {
        if (event.isSync() && !isOfEveryDirectory()) {
            return false;
        }
        return directory == null || event.directory() == null || directory.equals(event.directory());
    }

    void send(Frame frame, StreamFaults faults) {
        send(directory == null ? frame.wrapped() : frame.plain(), faults);
    }

    void send(byte[] bytes, StreamFaults faults) {
        if (stalled) {
            return;
        }
        if (faults.splitEvery > 0) {
            connection.writeApart();
            for (int from = 0; from < bytes.length; from += faults.splitEvery) {
                write(bytes, from, Math.min(faults.splitEvery, bytes.length - from));
            }
        } else {
            write(bytes, 0, bytes.length);
        }
    }

    private void write(byte[] bytes, int from, int length) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 12);
        chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.write(bytes, from, length);
        chunk.write('\r');
        chunk.write('\n');
        if (frozen) {
            heldBack.add(chunk.toByteArray());
        } else {
            connection.send(chunk.toByteArray());
        }
    }

    /** Nothing more, for good, on a socket that stays open. */
    void stall() {
        stalled = true;
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        heldBack.forEach(connection::send);
        heldBack.clear();
    }

    /** Ends the stream once what was sent before is out. */
    void end(Ending ending) {
        if (ending == Ending.CLEAN) {
            connection.send(LAST_CHUNK);
        }
        connection.endAfterFlush(ending);
    }
}
