package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Connections serve one request after another, as long as both sides want. */
class KeptConnectionsTest {

    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"there\"},\"finish_reason\":\"stop\"}]}";

    /** A server of which each connection is played by the same code, from its first request on. */
    private static final class Server implements AutoCloseable {

        @FunctionalInterface
        interface Play {
            void on(InputStream in, OutputStream out) throws IOException;
        }

        final List<Socket> connections = new CopyOnWriteArrayList<>();
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Server(Play play) throws IOException {
            Thread thread = new Thread(() -> accept(play), "server");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept(Play play) {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    connections.add(socket);
                    Thread thread = new Thread(() -> serve(socket, play), "connection");
                    thread.setDaemon(true);
                    thread.start();
                } catch (IOException closed) {
                    // The test is over.
                }
            }
        }

        private static void serve(Socket socket, Play play) {
            try (socket) {
                play.on(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException gone) {
                // So is the client.
            }
        }

        /** Reads a request; false at the end. */
        static boolean request(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) return false;
                head.append((char) next);
            }
            int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
            in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf("\r", at))));
            return true;
        }

        static void answer(OutputStream out) throws IOException {
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n" + ANSWER).getBytes(UTF_8));
            out.flush();
        }

        Zen zen() {
            return Rig.once(URI.create("http://127.0.0.1:" + listener.getLocalPort()))
                    .build();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : connections) socket.close();
        }
    }

    @Test
    void oneAfterAnother() throws IOException {
        Server.Play patient = (in, out) -> {
            while (Server.request(in)) Server.answer(out);
        };
        try (Server server = new Server(patient);
                Zen zen = server.zen()) {
            ZenSession session = zen.open();
            for (int i = 0; i < 5; i++) assertThat(session.run("Hi").text()).isEqualTo("there");
            assertThat(server.connections).hasSize(1);
        }
    }

    @Test
    void oneThatTheServerGaveUpIsNotUsedAgain() throws IOException {
        Server.Play impatient = (in, out) -> {
            if (Server.request(in)) Server.answer(out);
        };
        try (Server server = new Server(impatient);
                Zen zen = server.zen()) {
            for (int i = 1; i <= 5; i++) {
                await().ignoreExceptionsInstanceOf(ConnectionException.class) // Both may say it at the same moment.
                        .until(() -> zen.open().run("Hi").text().equals("there"));
            }
            assertThat(server.connections).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void oneThatIsUnderWayEndsWithItsTurn() throws IOException {
        Server.Play silent = (in, out) -> {
            while (Server.request(in)) out.flush();
        };
        try (Server server = new Server(silent);
                Zen zen = server.zen()) {
            Turn turn = zen.open().start("Hi");
            await().until(() -> server.connections.size() == 1);
            turn.interrupt();
            Played.of(turn).interrupted();
            await().until(() -> server.connections.get(0).isClosed());
        }
    }

    @Test
    void allEndWithTheAgent() throws IOException {
        Server.Play patient = (in, out) -> {
            while (Server.request(in)) Server.answer(out);
        };
        try (Server server = new Server(patient)) {
            try (Zen zen = server.zen()) {
                assertThat(zen.open().run("Hi").text()).isEqualTo("there");
            }
            await().until(() -> server.connections.get(0).isClosed());
        }
    }

    /** A request that is too large is refused before it has been read. */
    @Test
    void aRefusalIsHeardBeforeTheRequestIsSent() throws IOException {
        Server.Play hasty = (in, out) -> {
            in.readNBytes(1000);
            out.write("HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge".getBytes(UTF_8));
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        };
        try (Server server = new Server(hasty);
                Zen zen = server.zen()) {
            Turn turn = zen.open().start("x".repeat(20_000_000));
            assertThat(Played.of(turn).failed(BadRequestException.class)).hasMessageContaining("large");
        }
    }

    @Test
    void whatDoesNotSpeakHttpIsNamed() throws IOException {
        Server.Play other = (in, out) -> {
            out.write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(UTF_8));
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        };
        try (Server server = new Server(other);
                Zen zen = server.zen()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("what answers does not speak HTTP/1.1");
        }
    }
}
