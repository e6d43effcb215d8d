package dev.opencode4j.testkit.impostor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A plain-socket subscriber of an event stream that keeps every byte as it came. */
final class Subscriber implements AutoCloseable {

    private final Socket socket;
    private final StringBuilder raw = new StringBuilder();
    private String end = "";

    private Subscriber(Socket socket) {
        this.socket = socket;
        Thread reader = new Thread(this::read, "subscriber");
        reader.setDaemon(true);
        reader.start();
    }

    static Subscriber to(URI url) throws IOException {
        return to(url, "/event", "");
    }

    static Subscriber to(URI url, String path, String password) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        String credentials =
                Base64.getEncoder().encodeToString(("opencode:" + password).getBytes(StandardCharsets.UTF_8));
        String request =
                "GET " + path + " HTTP/1.1\r\nhost: impostor\r\nauthorization: Basic " + credentials + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new Subscriber(socket);
    }

    private void read() {
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (this) {
                    raw.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    notifyAll();
                }
            }
            ended("end of file");
        } catch (IOException e) {
            ended("reset");
        }
    }

    private synchronized void ended(String how) {
        end = how;
        notifyAll();
    }

    /** What has arrived so far, chunk framing and all. */
    synchronized String raw() {
        return raw.toString();
    }

    /** The body so far, without the chunk framing. */
    String body() {
        String all = raw();
        int position = all.indexOf("\r\n\r\n") + 4;
        StringBuilder body = new StringBuilder();
        while (position > 3) {
            int lineEnd = all.indexOf("\r\n", position);
            if (lineEnd < 0) {
                break;
            }
            int size = Integer.parseInt(all.substring(position, lineEnd), 16);
            if (size == 0 || all.length() < lineEnd + 2 + size) {
                break;
            }
            body.append(all, lineEnd + 2, lineEnd + 2 + size);
            position = lineEnd + 2 + size + 2;
        }
        return new String(body.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The events so far; whole ones, each on one data line. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        String body = body();
        for (String frame :
                body.substring(0, Math.max(0, body.lastIndexOf("\n\n"))).split("\n\n", -1)) {
            if (frame.startsWith("data: ")) {
                events.add(Json.parse(frame.substring(6)));
            }
        }
        return events;
    }

    List<String> types() {
        return events().stream().map(event -> event.path("type").asString()).toList();
    }

    String deltas() {
        StringBuilder text = new StringBuilder();
        events().forEach(event ->
                text.append(event.path("properties").path("delta").asString("")));
        return text.toString();
    }

    Subscriber await(Predicate<Subscriber> condition) throws InterruptedException {
        return await(condition, Duration.ofSeconds(30));
    }

    synchronized Subscriber await(Predicate<Subscriber> condition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("It did not come to that; this is what came:\n" + raw());
            }
            wait(left);
        }
        return this;
    }

    Subscriber awaitType(String type, int times) throws InterruptedException {
        return await(all -> all.types().stream().filter(type::equals).count() >= times);
    }

    synchronized String awaitEnd() throws InterruptedException {
        await(all -> !all.end.isEmpty());
        return end;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
