package dev.opencode4j.server.internal.turn;

import static dev.opencode4j.server.internal.turn.OneTurn.stored;
import static dev.opencode4j.server.internal.turn.OneTurn.textPart;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.event.Reconnected;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.server.model.SessionStatus;
import org.junit.jupiter.api.Test;

/** A turn whose prompt another program has sent. */
class TurnJoinTest {

    private static final SessionStatus IDLE = SessionStatus.IDLE;
    private static final SessionStatus BUSY = SessionStatus.BUSY;

    private static OneTurn joined(SessionStatus status, String... messages) {
        return OneTurn.joining().finds(status, true, messages).connect();
    }

    @Test
    void nothingIsPrompted() {
        OneTurn turn = joined(BUSY);
        assertThat(turn.server.count("submit")).isZero();
        assertThat(turn.events.get(0)).isEqualTo(new TurnStarted(OneTurn.SESSION, OneTurn.PROMPT));
        assertThat(turn.told(Reconnected.class))
                .extracting(Reconnected::cause)
                .containsExactly("the turn had begun before");
    }

    @Test
    void whatIsOverEndsAtOnceWithItsText() {
        OneTurn turn = joined(IDLE, stored("msg_2", "stop", textPart("msg_2", "prt_1", "Hello world")));
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.text()).isEqualTo("Hello world");
    }

    @Test
    void whatIsUnderWayGoesOnWhereItsStoredTextEnds() {
        OneTurn turn = joined(BUSY, stored("msg_2", "", textPart("msg_2", "prt_1", "Hello")));
        turn.assistant("msg_2", "msg_1").delta("prt_1", " world");
        turn.text("msg_2", "prt_1", "Hello world")
                .completed("msg_2", "msg_1", "stop")
                .idle();
        assertThat(turn.end()).isInstanceOf(TurnCompleted.class);
        assertThat(turn.text()).isEqualTo("Hello world");
    }

    @Test
    void aPromptThatWasNeverRunIsToldAsSuch() {
        OneTurn turn = joined(IDLE).after(60);
        assertThat(turn.end())
                .isInstanceOfSatisfying(
                        TurnFailed.class,
                        failed -> assertThat(failed.error())
                                .isInstanceOf(ServerException.class)
                                .hasMessageContaining("before it ran the prompt"));
        assertThat(turn.server.count("submit")).isZero();
    }

    @Test
    void anInterruptAbortsIt() {
        OneTurn turn = joined(BUSY);
        turn.turn.interrupt();
        turn.after(1);
        assertThat(turn.end()).isInstanceOf(TurnInterrupted.class);
        assertThat(turn.server.count("abort")).isEqualTo(1);
    }
}
