package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.work.RetryPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same over TLS. */
class SecureTest {

    private static Certificate ours;
    private static Certificate foreign;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        ours = Certificate.of("ip:127.0.0.1", folder);
        foreign = Certificate.of("dns:elsewhere.test", folder);
    }

    /** Chooses what sends the requests, and whom that trusts. */
    ZenBuilder overTransport(ZenBuilder builder, SSLContext context) {
        return builder.sslContext(context);
    }

    private Zen zen(Peer peer, Certificate trusted) throws Exception {
        return overTransport(Rig.once(peer.baseUrl()), trusted.trusted()).build();
    }

    private static Peer peer(String protocol, Certificate shown, Peer.Scene... scenes) throws Exception {
        SSLServerSocket listener =
                (SSLServerSocket) shown.shown().getServerSocketFactory().createServerSocket();
        listener.setEnabledProtocols(new String[] {protocol});
        return Peer.playing(listener, scenes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aLongPromptAndALongAnswer(String protocol) throws Exception {
        String question = "é".repeat(1_000_000);
        String[] words =
                IntStream.range(0, 300).mapToObj(i -> i + "🌍".repeat(i)).toArray(String[]::new);
        try (Peer peer = peer(protocol, ours, Peer.saying(words));
                Zen zen = zen(peer, ours)) {
            ZenSession session = zen.open();
            for (int i = 0; i < 2; i++) {
                assertThat(session.run(question).text()).isEqualTo(String.join("", words));
            }
            assertThat(peer.received().get(0).json().at("/messages/0/content").asString())
                    .isEqualTo(question);
        }
    }

    @Test
    void wordsAreToldWhenTheyCome() throws Exception {
        Peer.Scene held = stage -> {
            stage.stream();
            stage.say("first");
            stage.hold();
        };
        try (Peer peer = peer("TLSv1.3", ours, held);
                Zen zen = zen(peer, ours);
                Turn turn = zen.open().start("Hi")) {
            assertThat(turn).anyMatch(event -> event.toString().contains("first"));
            turn.interrupt();
            await().until(() -> peer.ended() == 1);
        }
    }

    @Test
    void manyAtOnce() throws Exception {
        try (Peer peer = peer("TLSv1.3", ours, Peer.saying("there", " and", " back"));
                Zen zen = zen(peer, ours)) {
            List<Turn> turns = IntStream.range(0, 50)
                    .mapToObj(i -> zen.open().start("Hi " + i))
                    .toList();
            assertThat(turns)
                    .allSatisfy(turn -> assertThat(turn.result().text()).isEqualTo("there and back"));
        }
    }

    @Test
    void aStrangersCertificateIsRefused() throws Exception {
        try (Peer peer = peer("TLSv1.3", ours, Peer.saying("no"));
                Zen zen = zen(peer, foreign)) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("TLS failed");
            assertThat(peer.received()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() throws Exception {
        try (Peer peer = peer("TLSv1.3", foreign, Peer.saying("no"));
                Zen zen = zen(peer, foreign)) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("TLS failed");
            assertThat(peer.received()).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsCutHasFailed() throws Exception {
        Peer.Scene cut = stage -> {
            stage.stream();
            stage.say("half");
            stage.reset();
        };
        try (Peer peer = peer("TLSv1.3", ours, cut);
                Zen zen = zen(peer, ours)) {
            ServerException error = Played.of(zen.open().start("Hi")).failed(ServerException.class);
            assertThat(error.partial().orElseThrow().text()).isEqualTo("half");
        }
    }

    /** It takes the greeting for the head of a request that goes on, and answers nothing; its end is the answer. */
    @Test
    void whatSpeaksNoTlsFails() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Zen zen = overTransport(
                                Rig.once(URI.create("https://127.0.0.1:" + plain.getLocalPort())),
                                SSLContext.getDefault())
                        .build()) {
            Turn turn = zen.open().start("Hi");
            try (Socket socket = plain.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            }
            Played.of(turn).failed(ConnectionException.class);
        }
    }

    /** The farewell of TLS comes through the cipher, and may come while the next request is on its way. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatSaysFarewellAfterEachAnswerLosesNoRequest(String protocol) throws Exception {
        SSLServerSocket listener = (SSLServerSocket)
                ours.shown().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setEnabledProtocols(new String[] {protocol});
        RawServer.Play impatient = (in, out) -> {
            if (RawServer.request(in).isPresent()) RawServer.send(out, RawServer.THERE);
        };
        try (RawServer server = RawServer.playing(listener, impatient);
                Zen zen = overTransport(Rig.once(server.url()), ours.trusted())
                        .retry(RetryPolicy.DEFAULT)
                        .build()) {
            for (int i = 0; i < 20; i++) assertThat(zen.open().run("Hi").text()).isEqualTo("there");
        }
    }

    /** Where no length is said the end of the connection is the end of the answer. */
    @Test
    void anAnswerMayEndWithItsConnection() throws Exception {
        Peer.Scene all = stage -> {
            stage.stream();
            stage.say("all");
            stage.finish("stop");
        };
        try (Peer peer = peer("TLSv1.3", ours, all);
                Zen zen = zen(peer, ours)) {
            assertThat(zen.open().run("Hi").text()).isEqualTo("all");
        }
    }
}
