package dev.opencode4j.zen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Requests over a client of the caller's. */
class HttpClientTest {

    private static ZenBuilder over(HttpClient client, URI url) {
        return Rig.once(url).apiKey(Rig.KEY).httpClient(client);
    }

    private static ProxySelector proxy(Peer proxy) {
        return ProxySelector.of(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), proxy.baseUrl().getPort()));
    }

    @Test
    void aRequestIsTheSame() {
        try (Peer peer = Peer.playing(Peer.saying("there"));
                Zen zen = over(HttpClient.newHttpClient(), peer.baseUrl()).build()) {
            assertThat(zen.open().run("Hi").text()).isEqualTo("there");
            assertThat(peer.received().get(0).head())
                    .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
                    .contains(
                            "Authorization: Bearer " + Rig.KEY,
                            "Accept-Encoding: identity",
                            "User-Agent: opencode4j",
                            "Content-Type: application/json");
        }
    }

    @Test
    void aProxyMayWantAPassword() {
        Authenticator known = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("me", "secret".toCharArray());
            }
        };
        try (Peer proxy = Peer.playing(
                        Peer.refusing(407, "", "Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 0"),
                        Peer.saying("from afar"));
                Zen zen = over(
                                HttpClient.newBuilder()
                                        .proxy(proxy(proxy))
                                        .authenticator(known)
                                        .build(),
                                URI.create("http://far.test/v1"))
                        .build()) {
            assertThat(zen.open().run("Hi").text()).isEqualTo("from afar");
            assertThat(proxy.received().get(1).head()).contains("Proxy-Authorization: Basic bWU6c2VjcmV0");
        }
    }

    @Test
    void aProxyThatWantsAPasswordIsNamed() {
        try (Peer proxy = Peer.playing(Peer.refusing(407, "", "Content-Length: 0"));
                Zen zen = over(HttpClient.newBuilder().proxy(proxy(proxy)).build(), URI.create("http://far.test/v1"))
                        .build()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(AuthenticationException.class))
                    .hasMessageContaining("the proxy wants a user and a password");
        }
    }

    /** The runtime's client goes straight there. */
    @Test
    void aProxyOfSocksIsNotPassedBy() {
        ProxySelector socks = new TestProxySelector(
                uri -> List.of(new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("proxy.test", 1080))));
        try (Peer far = Peer.playing(Peer.saying("straight"));
                Zen zen = over(HttpClient.newBuilder().proxy(socks).build(), far.baseUrl())
                        .build()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(UnsupportedFeatureException.class))
                    .hasMessageContaining("SOCKS");
            assertThat(far.received()).isEmpty();
        }
    }

    @Test
    void itBelongsToTheCaller() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (Peer peer = Peer.playing(Peer.saying("there"))) {
            try (Zen zen = over(client, peer.baseUrl()).build()) {
                zen.open().run("Hi");
            }
            HttpRequest request = HttpRequest.newBuilder(peer.baseUrl()).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsSetOnItIsNotSetHere() throws Exception {
        ZenBuilder builder = over(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:9"));
        assertThatThrownBy(() -> builder.proxy(ProxySelector.getDefault()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("httpClient");
        ZenBuilder other = over(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:9"));
        assertThatThrownBy(() -> other.sslContext(SSLContext.getDefault()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("httpClient");
    }

    @Test
    void oneThatTakesNoRequestFailsTheTurn() {
        HttpClient client = HttpClient.newBuilder()
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .build();
        try (Peer peer = Peer.playing(Peer.saying("there"));
                Zen zen = over(client, peer.baseUrl()).build()) {
            Played.of(zen.open().start("Hi")).failed(ConnectionException.class);
        }
    }

    @Test
    void oneThatNeverConnectsIsGivenUpInTime() {
        HttpClient client = HttpClient.newBuilder().executor(task -> {}).build();
        try (Peer peer = Peer.playing(Peer.saying("there"));
                Zen zen = over(client, peer.baseUrl()).build()) {
            SessionOptions options = SessionOptions.builder()
                    .timeouts(Timeouts.DEFAULT.withConnect(Duration.ofMillis(100)))
                    .build();
            assertThat(Played.of(zen.open(options).start("Hi")).failed(ConnectionException.class))
                    .hasMessageContaining("no connection within 100ms");
        }
    }
}
