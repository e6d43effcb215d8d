package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final byte[] REQUEST = "GET /v1/models HTTP/1.1\r\n\r\n".getBytes(US_ASCII);

    private Socket client;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            connection = new Connection(listener.accept());
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        connection.close();
    }

    @Test
    void isKeptForAnotherRequestOnceItIsAnswered() throws IOException {
        client.getOutputStream().write(REQUEST);
        assertThat(connection.read().path()).isEqualTo("/v1/models");
        assertThat(connection.awaitNext()).isFalse();
        connection.respond(200, Map.of(), new byte[0]);
        client.getOutputStream().write(REQUEST);
        assertThat(connection.awaitNext()).isTrue();
        assertThat(connection.read().method()).isEqualTo("GET");
        connection.respond(200, Map.of(), new byte[0]);
        client.shutdownOutput();
        assertThat(connection.awaitNext()).isFalse();
    }

    @Test
    void aWakeUpOfARequestIsNotTheNextOnes() throws IOException {
        connection.wake();
        client.getOutputStream().write(REQUEST);
        connection.read();
        client.getOutputStream().write('x');
        assertThatIOException().isThrownBy(connection::awaitHangUpOrWake).withMessageContaining("says more");
    }
}
