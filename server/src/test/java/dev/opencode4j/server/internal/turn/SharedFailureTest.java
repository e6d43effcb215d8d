package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What fails the turns of several tenants at once tells each of them its own reply only. */
class SharedFailureTest {

    @Test
    void aClosedClientEndsEachTurnWithItsOwnReply() {
        AgentException cause = new ConnectionException("the client was closed", null, null);
        failTogether(cause, (turn, error) -> turn.server.subscriber.closed(error));
    }

    @Test
    void aRefusedStreamEndsEachTurnWithItsOwnReply() {
        AgentException cause = new AuthenticationException("the password was changed", null, null);
        failTogether(cause, (turn, error) -> turn.server.subscriber.refused(error));
    }

    @Test
    void aSharedLookThatFailsEndsEachTurnWithItsOwnReply() {
        AgentException cause = new AuthenticationException("the password was changed", null, null);
        SharedPoll<Snapshot> poll = new SharedPoll<>(() -> CompletableFuture.failedFuture(cause));
        failTogether(cause, (turn, error) -> {
            turn.server.look = poll::ask;
            turn.gap().ready();
        });
    }

    private static void failTogether(AgentException cause, BiConsumer<OneTurn, AgentException> fail) {
        OneTurn mine = OneTurn.answering().delta("prt_1", ", Ada");
        OneTurn theirs = OneTurn.answering().delta("prt_1", ", Bob");
        fail.accept(mine, cause);
        fail.accept(theirs, cause);
        assertThat(mine.failure()).isExactlyInstanceOf(cause.getClass()).isNotSameAs(theirs.failure());
        assertThat(mine.failure().partial().orElseThrow().text()).isEqualTo("Hello, Ada");
        assertThat(theirs.failure().partial().orElseThrow().text()).isEqualTo("Hello, Bob");
        assertThat(cause.partial()).isEmpty();
    }
}
