package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;

/**
 * Requests and their responses on one socket, one after the other.
 *
 * <p>The JDK's own small server is not used because it holds small chunks back (Nagle's algorithm) and ends a chunked
 * body properly even when a test wants it cut. A connection is kept, although one for each request would be simpler:
 * OpenCode uses a connection again that it was told is going to be closed (all versions), and takes its end for a failure.
 */
final class Connection implements Closeable {

    private static final int BETWEEN_LOOKS_MILLIS = 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean answered;
    private volatile boolean woken;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    IncomingRequest read() throws IOException {
        answered = false;
        woken = false; // A wake-up that came while nobody waited was for the request before.
        return IncomingRequest.read(in);
    }

    /** Waits for another request; false if there is none, or the last one has not got all of its response. */
    boolean awaitNext() throws IOException {
        if (!answered) return false;
        in.mark(1);
        if (in.read() < 0) return false;
        in.reset();
        return true;
    }

    void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = head(status, "application/json");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(body.length).append("\r\n\r\n");
        write(head.toString().getBytes(US_ASCII), body);
        answered = true;
    }

    void openStream() throws IOException {
        write(head(200, "text/event-stream")
                .append("transfer-encoding: chunked\r\n\r\n")
                .toString()
                .getBytes(US_ASCII));
    }

    /** Sends one server-sent event as one HTTP chunk, at once. */
    void sendFrame(String data) throws IOException {
        byte[] frame = ("data: " + data + "\n\n").getBytes(UTF_8);
        write((Integer.toHexString(frame.length) + "\r\n").getBytes(US_ASCII), frame, "\r\n".getBytes(US_ASCII));
    }

    void endStream() throws IOException {
        write("0\r\n\r\n".getBytes(US_ASCII));
        answered = true;
    }

    /** Blocks until the client ends the connection or {@link #wake()} is called from another thread. */
    void awaitHangUpOrWake() throws IOException {
        socket.setSoTimeout(BETWEEN_LOOKS_MILLIS);
        try {
            while (!woken && !hasHungUp()) {
                // Looks again.
            }
        } finally {
            woken = false;
            socket.setSoTimeout(0);
        }
    }

    private boolean hasHungUp() throws IOException {
        try {
            if (in.read() < 0) return true;
            throw new IOException("The client says more before it is answered");
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Frees a thread in {@link #awaitHangUpOrWake()}, soon. */
    void wake() {
        woken = true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing depends on how it ends.
        }
    }

    private static StringBuilder head(int status, String contentType) {
        return new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(" Scripted\r\ncontent-type: ")
                .append(contentType)
                .append("\r\n");
    }

    private void write(byte[]... pieces) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            whole.write(piece);
        }
        if (socket.isClosed()) {
            throw new SocketException("The connection is closed");
        }
        whole.writeTo(out);
    }
}
