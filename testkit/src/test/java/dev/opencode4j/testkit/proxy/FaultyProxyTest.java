package dev.opencode4j.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each fault of the network, before a small server. */
class FaultyProxyTest {

    private final EchoServer server;
    private final FaultyProxy proxy;

    FaultyProxyTest() throws IOException {
        server = new EchoServer();
        proxy = FaultyProxy.to(server.uri());
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    private Visitor visitor() throws IOException {
        return new Visitor(proxy.baseUri());
    }

    private static void assertReset(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(SocketException.class);
    }

    @Test
    void withoutAFaultNothingChanges() throws Exception {
        String large = "0123456789".repeat(10_000);
        try (Visitor visitor = visitor()) {
            assertThat(visitor.answerTo("GET", "")).isEqualTo("GET ");
            assertThat(visitor.answerTo("POST", large)).isEqualTo("POST " + large);
        }
    }

    @Test
    void aCutResetsTheConnectionsThereAreAndServesNewOnes() throws Exception {
        server.hold();
        try (Visitor one = visitor();
                Visitor other = visitor()) {
            one.ask("GET", "one");
            other.ask("GET", "other");
            assertThat(server.next()).isNotNull();
            assertThat(server.next()).isNotNull();
            proxy.cut();
            assertReset(one::answer);
            assertReset(other::answer);
        }
        server.release();
        try (Visitor next = visitor()) {
            assertThat(next.answerTo("GET", "next")).isEqualTo("GET next");
        }
    }

    @Test
    void aStallHoldsBackWhatIsAskedUntilItEnds() throws Exception {
        try (Visitor visitor = visitor()) {
            proxy.stall();
            visitor.ask("GET", "x");
            assertThat(visitor.hearsNothing()).isTrue();
            assertThat(server.requests).isEmpty();
            proxy.resume();
            assertThat(visitor.answer()).isEqualTo("GET x");
        }
    }

    @Test
    void aStallHoldsBackWhatIsAnsweredUntilItEnds() throws Exception {
        server.hold();
        try (Visitor visitor = visitor()) {
            visitor.ask("GET", "x");
            assertThat(server.next()).isEqualTo("GET x");
            proxy.stall();
            server.release();
            assertThat(visitor.hearsNothing()).isTrue();
            proxy.resume();
            assertThat(visitor.answer()).isEqualTo("GET x");
        }
    }

    @Test
    void aDelayMakesAnswersLateUntilItIsTakenBack() throws Exception {
        try (Visitor visitor = visitor()) {
            proxy.delay(Duration.ofMillis(300));
            long start = System.nanoTime();
            assertThat(visitor.answerTo("GET", "x")).isEqualTo("GET x");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            proxy.delay(Duration.ofHours(1));
            proxy.delay(Duration.ZERO);
            assertThat(visitor.answerTo("GET", "y")).isEqualTo("GET y");
        }
    }

    @Test
    void piecesComeTogetherToTheSame() throws Exception {
        try (Visitor visitor = visitor()) {
            proxy.split(1);
            assertThat(visitor.answerTo("POST", "in pieces")).isEqualTo("POST in pieces");
            proxy.whole();
            assertThat(visitor.answerTo("POST", "in one")).isEqualTo("POST in one");
        }
        assertThatThrownBy(() -> proxy.split(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void aRefusalIsForNewConnectionsAlone() throws Exception {
        try (Visitor old = visitor()) {
            assertThat(old.answerTo("GET", "before")).isEqualTo("GET before");
            proxy.refuse();
            assertReset(() -> {
                try (Visitor refused = visitor()) {
                    refused.answerTo("GET", "refused");
                }
            });
            assertThat(old.answerTo("GET", "meanwhile")).isEqualTo("GET meanwhile");
        }
        proxy.accept();
        try (Visitor welcome = visitor()) {
            assertThat(welcome.answerTo("GET", "after")).isEqualTo("GET after");
        }
        assertThat(server.requests).containsExactly("GET before", "GET meanwhile", "GET after");
    }

    @Test
    void theAnswerOfOnePostIsLostAfterTheServerGotIt() throws Exception {
        proxy.loseNextPostAnswer();
        try (Visitor visitor = visitor()) {
            assertThat(visitor.answerTo("GET", "x")).isEqualTo("GET x");
            assertThat(proxy.lostAnswers()).isZero();
            assertReset(() -> visitor.answerTo("POST", "lost"));
        }
        assertThat(proxy.lostAnswers()).isEqualTo(1);
        try (Visitor visitor = visitor()) {
            assertThat(visitor.answerTo("POST", "found")).isEqualTo("POST found");
        }
        assertThat(proxy.lostAnswers()).isEqualTo(1);
        assertThat(server.requests).containsExactly("GET x", "POST lost", "POST found");
    }

    @Test
    void aServerThatIsAwayIsAResetToo() throws Exception {
        server.close();
        assertReset(() -> {
            try (Visitor visitor = visitor()) {
                visitor.answerTo("GET", "x");
            }
        });
    }

    @Test
    void closedItCutsWhatItHoldsBackAndListensNoMore() throws Exception {
        try (Visitor visitor = visitor()) {
            assertThat(visitor.answerTo("GET", "x")).isEqualTo("GET x");
            proxy.stall();
            visitor.ask("GET", "held back");
            proxy.close();
            assertReset(visitor::answer);
        }
        assertThatThrownBy(
                        () -> { // Another test's server may have the port by now, and answers something else.
                            try (Visitor late = visitor()) {
                                assertThat(late.answerTo("GET", "late")).isEqualTo("GET late");
                            }
                        })
                .isInstanceOfAny(IOException.class, AssertionError.class);
    }

    @Test
    void itShowsBothAddresses() {
        assertThat(proxy)
                .asString()
                .contains(proxy.baseUri().toString(), server.uri().toString());
    }
}
