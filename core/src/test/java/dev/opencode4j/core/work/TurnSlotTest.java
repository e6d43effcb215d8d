package dev.opencode4j.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.error.InterruptedTurnException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnSlotTest {

    private final Engine engine = Engine.named("slot-test");
    private final TurnSlot slot = new TurnSlot("ses_1");

    @AfterEach
    void end() {
        engine.turns().shutdownNow();
        engine.close();
    }

    private WorkedTurn turn(WorkedTurn.Work work) {
        return slot.start(free -> WorkedTurn.start("ses_1", SessionOptions.DEFAULT, engine, work, free));
    }

    @Test
    void aSecondTurnIsRefusedWhileTheFirstRuns() {
        CountDownLatch go = new CountDownLatch(1);
        WorkedTurn first = turn((writer, limits) -> go.await());
        assertThatIllegalStateException()
                .isThrownBy(() -> turn((writer, limits) -> {}))
                .withMessage("a turn of session ses_1 is in progress");
        go.countDown();
        first.result();
        turn((writer, limits) -> {}).result();
    }

    @Test
    void theNextTurnIsLegalAsSoonAsTheEndIsSeen() {
        for (int i = 0; i < 200; i++) {
            turn((writer, limits) -> {}).forEach(event -> {});
        }
    }

    @Test
    void aTurnThatWasGivenUpFreesNoPlaceButItsOwn() throws Exception {
        CountDownLatch deaf = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        WorkedTurn stubborn = turn((writer, limits) -> {
            begun.countDown();
            awaitAnyhow(deaf);
            gone.countDown();
        });
        begun.await();
        stubborn.interrupt();
        assertThatExceptionOfType(InterruptedTurnException.class).isThrownBy(stubborn::result);
        CountDownLatch go = new CountDownLatch(1);
        WorkedTurn second = turn((writer, limits) -> go.await());
        deaf.countDown();
        gone.await();
        assertThatIllegalStateException().isThrownBy(() -> turn((writer, limits) -> {}));
        go.countDown();
        assertThat(second.result().text()).isEmpty();
    }

    @Test
    void aTurnThatCannotBeginLeavesThePlaceFree() {
        assertThatIllegalStateException()
                .isThrownBy(() -> slot.start(free -> {
                    throw new IllegalStateException("no");
                }));
        turn((writer, limits) -> {}).result();
    }

    @Test
    void closingInterruptsTheTurnAndLetsNoOtherBegin() {
        WorkedTurn running = turn((writer, limits) -> new CountDownLatch(1).await());
        slot.close();
        assertThatExceptionOfType(InterruptedTurnException.class).isThrownBy(running::result);
        assertThatIllegalStateException()
                .isThrownBy(() -> turn((writer, limits) -> {}))
                .withMessage("session ses_1 is closed");
    }

    @Test
    void anInterruptThatComesWhileTheTurnStartsIsNotLost() {
        WorkedTurn interrupted = slot.start(free -> {
            WorkedTurn turn = WorkedTurn.start(
                    "ses_1", SessionOptions.DEFAULT, engine, (writer, limits) -> new CountDownLatch(1).await(), free);
            slot.interrupt(); // As another thread may just now.
            return turn;
        });
        assertThatExceptionOfType(InterruptedTurnException.class).isThrownBy(interrupted::result);
        turn((writer, limits) -> {}).result(); // It was not meant for the next one.
    }

    private static void awaitAnyhow(CountDownLatch latch) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                latch.await();
                interrupted = false;
            } catch (InterruptedException e) {
                // That is what makes it stubborn.
            }
        }
    }
}
