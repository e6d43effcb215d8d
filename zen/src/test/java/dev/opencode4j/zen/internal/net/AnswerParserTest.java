package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Heard heard = new Heard();
    private final AnswerParser parser = new AnswerParser(heard);

    private int feed(String answer) throws IOException {
        return Heard.feed(parser, answer.getBytes(ISO_8859_1));
    }

    @Test
    void ofAKnownLength() throws IOException {
        feed(OK + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhel");
        assertThat(parser.isDone()).isFalse();
        feed("lo");
        assertThat(parser.isDone()).isTrue();
        assertThat(parser.keepsConnection()).isTrue();
        assertThat(heard.text()).isEqualTo("hello");
        assertThat(heard.heads).hasSize(1);
        assertThat(heard.heads.get(0).status()).isEqualTo(200);
        assertThat(heard.heads.get(0).header("content-TYPE")).isEqualTo("text/plain");
        assertThat(heard.heads.get(0).header("retry-after")).isEmpty();
    }

    @Test
    void inChunksWithAllThatMayStandAroundThem() throws IOException {
        feed(OK + "Transfer-Encoding: Chunked\r\n\r\n" + "5\r\nhello\r\n" + "00A ;a=\"b\"\r\n, world!!!\r\n" + "1\n?\n"
                + "0\r\nExpires: never\r\n\r\n");
        assertThat(parser.isDone()).isTrue();
        assertThat(heard.text()).isEqualTo("hello, world!!!?");
    }

    @Test
    void upToTheEnd() throws IOException {
        feed(OK + "\r\nhello");
        assertThat(parser.isDone()).isFalse();
        parser.end();
        assertThat(parser.isDone()).isTrue();
        assertThat(heard.text()).isEqualTo("hello");
    }

    @Test
    void preliminaryAnswersAreNone() throws IOException {
        feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK
                + "Content-Length: 1\r\n\r\n!");
        assertThat(heard.heads).extracting(Head::status).containsExactly(200);
        assertThat(heard.heads.get(0).headers()).doesNotContainKey("link");
        assertThat(heard.text()).isEqualTo("!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304\r\nContent-Length: 7\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "\r\nHTTP/1.1 200 \r\nX: y\r\n folded\r\nContent-Length:\r\n\t0\r\n\r\n"
            })
    void withoutABody(String answer) throws IOException {
        assertThat(feed(answer + "next")).isEqualTo(answer.length());
        assertThat(parser.isDone()).isTrue();
        assertThat(heard.text()).isEmpty();
    }

    @Test
    void aReasonMayHoldWhatIsNoCharacter() throws IOException {
        feed("HTTP/1.1 200 tr\u00e8s bien\u0085 \r?\u0000\r\nContent-Length: 0\r\n\r\n");
        assertThat(parser.isDone()).isTrue();
        assertThat(heard.heads.get(0).status()).isEqualTo(200);
    }

    @Test
    void headersThatAreRepeatedAreJoinedAndThoseOfOneValueAreNot() throws IOException {
        feed(OK + "X-A: 1\r\nx-a: 2\r\nContent-Length: 0\r\nContent-Length: 0\r\n"
                + "Content-Type: text/plain\r\nContent-Type: text/html\r\nX-B: one\r\n two\r\n\r\n");
        Head head = heard.heads.get(0);
        assertThat(head.header("X-A")).isEqualTo("1, 2");
        assertThat(head.header("X-B")).isEqualTo("one two");
        assertThat(head.header("Content-Type")).isEqualTo("text/plain");
        assertThat(parser.isDone()).isTrue();
        assertThat(parser.keepsConnection()).isTrue();
    }

    @Test
    void aLengthAndChunksAreReadAsChunks() throws IOException {
        feed(OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        assertThat(heard.text()).isEqualTo("hello");
        assertThat(parser.isDone()).isTrue();
    }

    @Test
    void aTunnelBeginsWhereItsHeadEnds() throws IOException {
        AnswerParser tunnel = AnswerParser.ofTunnel(heard);
        assertThat(tunnel.feed((OK + "\r\n").getBytes(ISO_8859_1), 0, OK.length() + 2))
                .isEqualTo(OK.length() + 2);
        assertThat(tunnel.isDone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void someConnectionsEnd(String answer) throws IOException {
        feed(answer);
        assertThat(parser.isDone()).isTrue();
        assertThat(parser.keepsConnection()).isFalse();
    }

    @Test
    void anOldServerMayKeepItsConnection() throws IOException {
        feed("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n");
        assertThat(parser.keepsConnection()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/2 200\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 200 OK\r\n: nameless\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n 6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n gzip\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5x\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"
            })
    void whatIsNoAnswerIsRefused(String answer) {
        assertThatThrownBy(() -> feed(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void headersAndChunkSizesHaveAnEnd() {
        assertThatThrownBy(() -> feed(OK + "A: " + "a".repeat(1 << 20))).hasMessageContaining("262144 bytes");
        AnswerParser other = new AnswerParser(new Heard());
        String endless = OK + "Transfer-Encoding: chunked\r\n\r\n1;" + "a".repeat(1 << 20);
        assertThatThrownBy(() -> Heard.feed(other, endless.getBytes(ISO_8859_1)))
                .hasMessageContaining("does not end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: t\r\n"
            })
    void whatIsRepeatedWithoutEndIsRefused(String endless) throws IOException {
        String begun = endless.endsWith("T: t\r\n") ? endless.substring(0, endless.length() - 6) : "";
        feed(begun);
        byte[] more = endless.substring(begun.length()).repeat(4096).getBytes(ISO_8859_1);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) Heard.feed(parser, more);
                })
                .hasMessageContaining("262144 bytes");
    }

    /** An answer that breaks off is whole nowhere but where it is, unless only its end tells. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nT: t\r\n\r\n"
            })
    void anEndIsTooEarlyAtEachByteButTheLast(String answer) throws IOException {
        for (int length = 0; length < answer.length(); length++) {
            AnswerParser cut = new AnswerParser(new Heard());
            Heard.feed(cut, answer.substring(0, length).getBytes(ISO_8859_1));
            assertThat(cut.hasBegun()).isEqualTo(length > 0);
            assertThatThrownBy(cut::end).as("after %d bytes", length).isInstanceOf(EOFException.class);
        }
        feed(answer);
        parser.end();
        assertThat(heard.text()).isEqualTo("abc");
    }

    @Test
    void anEndTooEarlySaysWhereItCame() throws IOException {
        assertThatThrownBy(parser::end).isInstanceOf(EOFException.class).hasMessage("it was closed without an answer");
        feed(OK + "Content-Length: 5\r\n\r\nhel");
        assertThatThrownBy(parser::end)
                .isInstanceOf(EOFException.class)
                .hasMessage("it was closed in the middle of an answer");
    }

    @Property(tries = 300)
    void whereverItIsCut(
            @ForAll @IntRange(max = 10_000) int one, @ForAll @IntRange(max = 10_000) int two, @ForAll boolean chunked)
            throws IOException {
        String framed = chunked
                ? "Transfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\nb\r\ndata: \r\n\r\n!\r\n0\r\nT: t\r\n\r\n"
                : "Content-Length: 14\r\n\r\nabcdata: \r\n\r\n!";
        byte[] answer = ("HTTP/1.1 100 Continue\r\n\r\n" + OK + framed + "next").getBytes(ISO_8859_1);
        int[] cuts = {one % answer.length, two % answer.length};
        Arrays.sort(cuts);
        Heard told = new Heard();
        AnswerParser cut = new AnswerParser(told);
        assertThat(Heard.feed(cut, answer, cuts)).isEqualTo(answer.length - "next".length());
        assertThat(cut.isDone()).isTrue();
        assertThat(told.heads).hasSize(1);
        assertThat(told.text()).isEqualTo("abcdata: \r\n\r\n!");
    }
}
