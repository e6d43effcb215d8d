package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections serve one request after another, as long as both sides want. */
class KeptConnectionsTest {

    private static final RawServer.Play PATIENT = (in, out) -> {
        while (RawServer.request(in).isPresent()) RawServer.send(out, RawServer.THERE);
    };

    private static Zen zen(RawServer server) {
        return Rig.once(server.url()).build();
    }

    @Test
    void oneAfterAnother() throws IOException {
        try (RawServer server = RawServer.playing(PATIENT);
                Zen zen = zen(server)) {
            ZenSession session = zen.open();
            for (int i = 0; i < 5; i++) assertThat(session.run("Hi").text()).isEqualTo("there");
            assertThat(server.connections()).hasSize(1);
        }
    }

    @Test
    void oneThatTheServerGaveUpIsNotUsedAgain() throws IOException {
        RawServer.Play impatient = (in, out) -> {
            if (RawServer.request(in).isPresent()) RawServer.send(out, RawServer.THERE);
        };
        try (RawServer server = RawServer.playing(impatient);
                Zen zen = zen(server)) {
            for (int i = 1; i <= 50; i++) {
                assertThat(zen.open().run("Hi").text()).isEqualTo("there"); // Also if both say it at the same moment.
            }
            assertThat(server.connections()).hasSize(50);
        }
    }

    @Test
    void oneThatIsUnderWayEndsWithItsTurn() throws IOException {
        RawServer.Play silent = (in, out) -> {
            while (RawServer.request(in).isPresent()) out.flush();
        };
        try (RawServer server = RawServer.playing(silent);
                Zen zen = zen(server)) {
            Turn turn = zen.open().start("Hi");
            await().until(() -> server.connections().size() == 1);
            turn.interrupt();
            Played.of(turn).interrupted();
            await().until(() -> server.connections().get(0).isClosed());
        }
    }

    @Test
    void allEndWithTheAgent() throws IOException {
        try (RawServer server = RawServer.playing(PATIENT)) {
            try (Zen zen = zen(server)) {
                assertThat(zen.open().run("Hi").text()).isEqualTo("there");
            }
            await().until(() -> server.connections().get(0).isClosed());
        }
    }

    /** A request that is too large is refused before it has been read. */
    @Test
    void aRefusalIsHeardBeforeTheRequestIsSent() throws IOException {
        RawServer.Play hasty = (in, out) -> {
            in.readNBytes(1000);
            RawServer.send(out, "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
            in.transferTo(OutputStream.nullOutputStream());
        };
        try (RawServer server = RawServer.playing(hasty);
                Zen zen = zen(server)) {
            Turn turn = zen.open().start("x".repeat(20_000_000));
            assertThat(Played.of(turn).failed(BadRequestException.class)).hasMessageContaining("large");
        }
    }

    @Test
    void whatDoesNotSpeakHttpIsNamed() throws IOException {
        RawServer.Play other = (in, out) -> {
            RawServer.send(out, "SSH-2.0-OpenSSH_9.2\r\n");
            in.transferTo(OutputStream.nullOutputStream());
        };
        try (RawServer server = RawServer.playing(other);
                Zen zen = zen(server)) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("what answers does not speak HTTP/1.1");
        }
    }

    /** What {@code localhost} says depends on the machine; it may be there under its last address alone. */
    @Test
    void aNameIsReachedAtItsLastAddressToo() throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName("localhost");
        try (RawServer server = RawServer.playing(addresses[addresses.length - 1], PATIENT);
                Zen zen = Rig.once(URI.create("http://localhost:" + server.port()))
                        .build()) {
            assertThat(zen.open().run("Hi").text()).isEqualTo("there");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y\r\n", "x", "\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
    void aHeadWithoutEndIsNoAnswer(String endless) throws IOException {
        RawServer.Play talkative = (in, out) -> {
            RawServer.request(in);
            if (endless.startsWith("X")) RawServer.send(out, "HTTP/1.1 200 OK\r\n");
            while (true) RawServer.send(out, endless.repeat(1000));
        };
        try (RawServer server = RawServer.playing(talkative);
                Zen zen = zen(server)) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("more than 262144 bytes");
            await().until(() -> server.connections().get(0).isClosed());
        }
    }
}
