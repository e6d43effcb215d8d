package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.work.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a proxy, where there is one. */
class ProxyTest {

    private static ZenBuilder through(Peer proxy, String url) {
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), proxy.baseUrl().getPort());
        return Rig.once(URI.create(url)).apiKey(Rig.KEY).proxy(ProxySelector.of(address));
    }

    @Test
    void aProxyThatReadsAlongIsToldTheWholeAddress() {
        try (Peer proxy = Peer.playing(Peer.saying("from afar"));
                Zen zen = through(proxy, "http://far.test:8080/v1").build()) {
            assertThat(zen.open().run("Hi").text()).isEqualTo("from afar");
            assertThat(proxy.received().get(0).head())
                    .startsWith("POST http://far.test:8080/v1/chat/completions HTTP/1.1\r\n")
                    .contains("Host: far.test:8080\r\n");
        }
    }

    @Test
    void aSecretGoesThroughATunnel(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.of("ip:127.0.0.1", folder);
        SSLServerSocket listener =
                (SSLServerSocket) certificate.shown().getServerSocketFactory().createServerSocket();
        try (Peer far = Peer.playing(listener, Peer.saying("from afar"));
                Peer proxy = Peer.playing(tunnelTo(far.baseUrl().getPort()));
                Zen zen = through(proxy, far.baseUrl().toString())
                        .sslContext(certificate.trusted())
                        .build()) {
            assertThat(zen.open().run("Hi").text()).isEqualTo("from afar");
            String end = "127.0.0.1:" + far.baseUrl().getPort();
            assertThat(proxy.received().get(0).head())
                    .isEqualTo("CONNECT " + end + " HTTP/1.1\r\nHost: " + end + "\r\n\r\n");
            assertThat(far.received().get(0).head())
                    .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
                    .contains(Rig.KEY);
        }
    }

    private static Peer.Scene tunnelTo(int port) {
        return stage -> {
            try (Socket far = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stage.text("HTTP/1.1 200 Go on\r\n\r\n");
                Thread back = new Thread(() -> pump(far, stage), "back");
                back.setDaemon(true);
                back.start();
                stage.in().transferTo(far.getOutputStream());
            }
        };
    }

    private static void pump(Socket far, Peer.Stage stage) {
        try (InputStream in = far.getInputStream();
                OutputStream out = stage.out()) {
            byte[] bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                out.write(bytes, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            // One end has hung up.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://far.test/v1", "http://far.test/v1"})
    void aProxyThatWantsAPasswordIsNamedAndAskedOnce(String url) {
        try (Peer proxy = Peer.playing(Peer.refusing(407, "who are you?", "Content-Length: 12"));
                Zen zen = through(proxy, url).retry(RetryPolicy.DEFAULT).build()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(AuthenticationException.class))
                    .hasMessageContaining("the proxy wants a user and a password")
                    .hasMessageContaining("httpClient")
                    .hasMessageNotContaining(Rig.KEY);
            assertThat(proxy.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"403, 1", "302, 1", "502, 3", "429, 3"})
    void aProxyThatGivesNoWayIsAskedAgainWhereThatMayHelp(int status, int times) {
        try (Peer proxy = Peer.playing(Peer.refusing(status, "no", "Content-Length: 2"));
                Zen zen = through(proxy, "https://far.test/v1")
                        .retry(RetryPolicy.DEFAULT)
                        .pause(length -> {})
                        .build()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("the proxy gives no way: status " + status);
            assertThat(proxy.received()).hasSize(times);
            assertThat(proxy.received().get(0).head()).doesNotContain(Rig.KEY);
        }
    }

    static Stream<Arguments> unusableProxies() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("proxy.test", 1080);
        Proxy socks = new Proxy(Proxy.Type.SOCKS, address);
        return Stream.of(
                Arguments.of(new TestProxySelector(uri -> List.of(socks)), UnsupportedFeatureException.class, "SOCKS"),
                Arguments.of(
                        new TestProxySelector(uri -> List.of(socks, Proxy.NO_PROXY)),
                        UnsupportedFeatureException.class,
                        "SOCKS"),
                Arguments.of(new TestProxySelector(uri -> List.of()), ConnectionException.class, "names no way"),
                Arguments.of(
                        new TestProxySelector(uri -> {
                            throw new IllegalStateException("no settings");
                        }),
                        ConnectionException.class,
                        "no settings"));
    }

    @ParameterizedTest
    @MethodSource("unusableProxies")
    void aProxyThatCanNotBeUsedIsNeverPassedBy(
            ProxySelector selector, Class<? extends AgentException> type, String words) {
        try (Peer far = Peer.playing(Peer.saying("straight"));
                Zen zen = Rig.once(far.baseUrl())
                        .retry(RetryPolicy.DEFAULT)
                        .proxy(selector)
                        .build()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(type)).hasMessageContaining(words);
            assertThat(far.received()).isEmpty();
        }
    }
}
