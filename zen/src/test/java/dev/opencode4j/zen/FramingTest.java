package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ProtocolException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP/1.1 allows around an answer changes nothing of it, however slowly it comes. */
class FramingTest {

    private static final String BODY =
            "{\"choices\":[{\"message\":{\"content\":\"there\"},\"finish_reason\":\"stop\"}]}";

    private static RawServer serving(String answer, boolean byteByByte) throws IOException {
        return RawServer.playing((in, out) -> {
            while (RawServer.request(in).isPresent()) {
                byte[] bytes = answer.getBytes(ISO_8859_1);
                if (byteByByte) {
                    for (byte each : bytes) {
                        out.write(each);
                        out.flush();
                    }
                } else {
                    RawServer.send(out, answer);
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 68\r\n\r\nBODY",
                "content-length:68\r\nContent-Length:  68 \r\n\r\nBODY",
                "Content-Length:\r\n 68\r\nX-Long: a\r\n\tb\r\n  c\r\n\r\nBODY",
                "Transfer-Encoding: chunked\r\n\r\n44\r\nBODY\r\n0\r\n\r\n",
                "Transfer-Encoding: Chunked\r\n\r\n0044 ; a=\"b;c\"; d\r\nBODY\r\n00;e\r\nX-T: t\r\n folded\r\n\r\n"
            })
    void aConnectionServesAgainAfterwards(String framed) throws IOException {
        String answer = "\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + "HTTP/1.1 200 D\u0085accord\r\n" + framed.replace("BODY", BODY);
        for (boolean byteByByte : new boolean[] {false, true}) {
            try (RawServer server = serving(answer, byteByByte);
                    Zen zen = Rig.once(server.url()).build()) {
                ZenSession session = zen.open();
                for (int i = 0; i < 3; i++) assertThat(session.run("Hi").text()).isEqualTo("there");
                assertThat(server.connections()).hasSize(1);
            }
        }
    }

    @Test
    void anAnswerOfALengthAndOfChunksEndsItsConnection() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n44\r\n" + BODY
                + "\r\n0\r\n\r\n";
        try (RawServer server = serving(answer, false);
                Zen zen = Rig.once(server.url()).build()) {
            for (int i = 0; i < 3; i++) assertThat(zen.open().run("Hi").text()).isEqualTo("there");
            assertThat(server.connections()).hasSize(3);
        }
    }

    @Test
    void whatIsCompressedUnaskedIsNamed() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\u0008";
        try (RawServer server = serving(answer, false);
                Zen zen = Rig.once(server.url()).build()) {
            assertThat(Played.of(zen.open().start("Hi")).failed(ProtocolException.class))
                    .hasMessageContaining("compressed (gzip)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void whatIsNoAnswerBreaksTheConnection(String answer) throws IOException {
        try (RawServer server = serving(answer, false);
                Zen zen = Rig.once(server.url()).build()) {
            Played.of(zen.open().start("Hi")).failed(ConnectionException.class);
        }
    }
}
