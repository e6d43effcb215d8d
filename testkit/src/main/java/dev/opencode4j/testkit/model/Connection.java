package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/**
 * One request and its response on one socket.
 *
 * <p>The JDK's own small server is not used because it holds small chunks back (Nagle's algorithm) and ends a chunked
 * body properly even when a test wants it cut. A connection serves one request only, so closing it early can never
 * reach a later one.
 */
final class Connection implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    IncomingRequest read() throws IOException {
        return IncomingRequest.read(in);
    }

    void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = head(status, "application/json");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(body.length).append("\r\n\r\n");
        write(head.toString().getBytes(US_ASCII), body);
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
    }

    /** Blocks until the client ends the connection or {@link #wake()} is called from another thread. */
    void awaitHangUpOrWake() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Frees a thread in {@link #awaitHangUpOrWake()}; the response can still be written. */
    void wake() {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            // Already closed, then nobody waits.
        }
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
                .append(" Scripted\r\nconnection: close\r\ncontent-type: ")
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
