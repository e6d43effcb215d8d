package dev.opencode4j.testkit.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.testkit.impostor.Impostor;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A client that is closed at any moment of a turn's beginning ends the turn. */
class ClosedClientTest {

    @Test
    void everyTurnEndsWhereverItIsWhenItsClientIsClosed() {
        Random random = new Random(7);
        try (Impostor impostor = Impostor.start()) {
            for (int round = 0; round < 200; round++) {
                String session = impostor.openSession("s" + round);
                OpenCodeClient client = OpenCodeClient.builder()
                        .baseUrl(impostor.url().toString())
                        .password(null)
                        .build();
                Turn turn = client.start(session, Prompt.of("#hold"), SessionOptions.DEFAULT);
                // Any moment will do: the round is another one, not right or wrong by it.
                LockSupport.parkNanos(random.nextInt(3_000_000));
                client.close();
                assertEnds(turn);
                Turn late = client.start(session, Prompt.of("late"), SessionOptions.DEFAULT);
                assertThatThrownBy(() -> late.completion().toCompletableFuture().get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(AgentException.class)
                        .hasMessageContaining("closed");
            }
        }
    }

    /** Well, if it was faster than the close. */
    private static void assertEnds(Turn turn) {
        try {
            turn.completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException failed) {
            return;
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("a turn without an end", e);
        }
    }
}
