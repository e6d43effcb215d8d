package dev.opencode4j.zen.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.work.ManualTicker;
import dev.opencode4j.zen.FullPort;
import dev.opencode4j.zen.RawServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host is reached at whichever of its addresses answers. */
class HostConnectorTest {

    private final ManualTicker ticker = new ManualTicker();
    private final Loop loop = new Loop();
    private final CompletableFuture<SocketAddress> reached = new CompletableFuture<>();

    @AfterEach
    void close() {
        loop.close();
    }

    private HostConnector connect(InetSocketAddress... addresses) {
        HostConnector connector = new HostConnector(loop, ticker, List.of(addresses), new HostConnector.Listener() {
            @Override
            public void onConnected(SocketChannel socket, SelectionKey key) {
                reached.complete(socket.socket().getRemoteSocketAddress());
                Sockets.close(socket);
            }

            @Override
            public void onFailed(Throwable cause) {
                reached.completeExceptionally(cause);
            }
        });
        loop.execute(connector::connect);
        return connector;
    }

    private SocketAddress reached() throws Exception {
        return reached.get(30, TimeUnit.SECONDS);
    }

    private static InetSocketAddress dead() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) closed.getLocalSocketAddress();
        }
    }

    private static RawServer server() throws IOException {
        return RawServer.playing((in, out) -> in.read());
    }

    private static InetSocketAddress address(RawServer server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNextAtOnce() throws Exception {
        try (RawServer server = server()) {
            connect(dead(), dead(), address(server));
            assertThat(reached()).isEqualTo(address(server));
            assertThat(ticker.planned()).isZero();
        }
    }

    @Test
    void anAddressThatIsSilentHoldsNobodyUp() throws Exception {
        try (FullPort silent = FullPort.open();
                RawServer server = server()) {
            connect(silent.address(), address(server));
            await().until(() -> ticker.planned() == 1);
            ticker.advance(Duration.ofMillis(250));
            assertThat(reached()).isEqualTo(address(server));
            await().until(() -> ticker.planned() == 0);
        }
    }

    @Test
    void whereNoneAnswersTheFirstSaysWhyAndTheOthersWithIt() throws Exception {
        connect(dead(), dead(), dead());
        assertThatThrownBy(this::reached)
                .cause()
                .isInstanceOf(ConnectException.class)
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(2));
    }

    @Test
    void whereNobodyWouldTryTheNextAddressInTimeNoneIsTried() throws Exception {
        ticker.close();
        try (RawServer server = server()) {
            connect(address(server), address(server));
            assertThatThrownBy(this::reached).cause().isInstanceOf(SenderClosedException.class);
            assertThat(server.connections()).isEmpty();
        }
    }

    @Test
    void oneThatIsClosedTellsNothingAndKeepsNoSocket() throws Exception {
        try (FullPort silent = FullPort.open()) {
            HostConnector connector = connect(silent.address(), silent.address());
            await().until(() -> ticker.planned() == 1);
            loop.execute(connector::close);
            await().until(() -> ticker.planned() == 0);
            ticker.advance(Duration.ofSeconds(1));
            loop.execute(() -> reached.complete(new InetSocketAddress(0)));
            assertThat(reached()).isEqualTo(new InetSocketAddress(0));
        }
    }
}
