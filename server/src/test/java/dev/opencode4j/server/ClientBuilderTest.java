package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.RequestTimeout;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientBuilderTest {

    @Test
    void theEnvironmentIsRead() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json("{\"healthy\":true}")) {
            Map<String, String> environment = Map.of(
                    "OPENCODE_BASE_URL", server.url(),
                    "OPENCODE_SERVER_USERNAME", "me",
                    "OPENCODE_SERVER_PASSWORD", "pw");
            try (OpenCodeClient client = new ClientBuilder(environment).build()) {
                client.health();
            }
            assertThat(server.only().header("authorization")).isEqualTo("Basic bWU6cHc=");
        }
    }

    @Test
    void theUserIsOpencodeUnlessTold() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json("{\"healthy\":true}");
                OpenCodeClient client = new ClientBuilder(Map.of())
                        .baseUrl(server.url())
                        .password("pw")
                        .build()) {
            client.health();
            assertThat(server.only().header("authorization")).isEqualTo("Basic b3BlbmNvZGU6cHc=");
        }
    }

    @Test
    void aBlankPasswordIsNone() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.json("{\"healthy\":true}");
                OpenCodeClient client = new ClientBuilder(Map.of("OPENCODE_SERVER_PASSWORD", " "))
                        .baseUrl(server.url())
                        .build()) {
            client.health();
            assertThat(server.only().header("authorization")).isEmpty();
        }
    }

    @Test
    void theAddressIsLocalhostUnlessTold() {
        try (OpenCodeClient client = new ClientBuilder(Map.of("OPENCODE_BASE_URL", " ")).build()) {
            assertThat(client).hasToString("OpenCodeClient[Transport[http://localhost:4096]]");
        }
    }

    @Test
    void aTimeoutThatIsNoPositiveNumberIsPassedOver() throws IOException {
        for (String odd : new String[] {"0", "-1", "x", "", "1.5", "99999999999999999999"}) {
            try (OneAnswerServer server = OneAnswerServer.json("{\"healthy\":true}");
                    OpenCodeClient client = new ClientBuilder(Map.of("OPENCODE_TIMEOUT", odd))
                            .baseUrl(server.url())
                            .build()) {
                assertThat(client.health().healthy()).isTrue();
            }
        }
    }

    @Test
    void aTimeoutInSecondsIsKept() throws IOException {
        try (OneAnswerServer server = new OneAnswerServer((request, connection) -> connection.untilClosed("end"));
                OpenCodeClient client = new ClientBuilder(Map.of("OPENCODE_TIMEOUT", "1"))
                        .baseUrl(server.url())
                        .build()) {
            assertThatThrownBy(client::health)
                    .isInstanceOf(RequestTimeout.class)
                    .hasMessageContaining("no answer within 1s");
        }
    }

    @Test
    void theConnectTimeoutIsTheEventStreamsToo() {
        ClientBuilder builder = new ClientBuilder(Map.of());
        assertThat(builder.streamSettings().connect()).isEqualTo(Duration.ofSeconds(10));
        assertThat(builder.connectTimeout(Duration.ofSeconds(42))
                        .streamSettings()
                        .connect())
                .isEqualTo(Duration.ofSeconds(42));
        Duration ages = ChronoUnit.FOREVER.getDuration();
        assertThat(builder.connectTimeout(ages).streamSettings().connect()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aWorkspaceHasAStreamForEachDirectory() {
        ClientBuilder builder = new ClientBuilder(Map.of());
        assertThat(builder.streamSettings().wholeServer()).isTrue();
        assertThat(builder.workspace("wrk_1").streamSettings().wholeServer()).isFalse();
    }
}
