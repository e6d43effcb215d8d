package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.model.SessionStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a server, a network and a user do, in whatever order: one beginning, one end, in time, and no exception. */
class TurnMachinePropertyTest {

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    @Property(tries = 1500, shrinking = ShrinkingMode.BOUNDED)
    void everyTurnIsWellFormedAndEndsByItsDeadline(
            @ForAll @Size(max = 40) List<@IntRange(max = 33) Integer> steps, @ForAll long seed) {
        Chaos chaos = new Chaos(new Random(seed));
        for (int step : steps) chaos.does(step);
        chaos.endBy(DEADLINE.plusSeconds(1));

        OneTurn turn = chaos.turn;
        assertThat(turn.isOver()).as("over by the deadline: %s", turn.events).isTrue();
        int told = turn.events.size();
        for (int step : steps) chaos.does(step);
        chaos.endBy(DEADLINE);

        List<AgentEvent> events = turn.events;
        assertThat(events).as("nothing after the end").hasSize(told);
        assertThat(events.get(0)).isInstanceOf(TurnStarted.class);
        assertThat(turn.told(TurnStarted.class)).hasSize(1);
        assertThat(turn.told(TurnEnded.class)).hasSize(1);
        for (TurnFailed failed : turn.told(TurnFailed.class)) {
            assertThat(failed.error()).hasMessageNotContaining("unexpected:");
        }
        assertThat(turn.server.count("submit")).isLessThanOrEqualTo(6);
        assertThat(turn.time.planned()).as("timers left behind").isLessThanOrEqualTo(1);
    }

    /** All that may happen to a turn; what the server has not answered yet it may answer later, or never. */
    private static final class Chaos {

        final Random random;
        final OneTurn turn;
        final Deque<Runnable> unanswered = new ArrayDeque<>();

        Chaos(Random random) {
            this.random = random;
            Timeouts limits =
                    new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(20), Duration.ofMinutes(20), DEADLINE);
            turn = new OneTurn(OneTurn.options(limits), Prompt.of("Hi"), server -> {
                server.nextId = () -> answer("msg_1");
                server.submit = () -> answer(null);
                server.stored = () -> answer(random.nextBoolean());
                server.statusAnswer = () -> answer(status());
                server.look = () -> answer(snapshot());
                server.replied = () -> answer(null);
            });
        }

        private SessionStatus status() {
            return random.nextBoolean() ? SessionStatus.IDLE : SessionStatus.BUSY;
        }

        private Snapshot snapshot() {
            String message = OneTurn.stored(
                    "msg_2", random.nextBoolean() ? "stop" : "", OneTurn.textPart("msg_2", "prt_1", "Hello"));
            boolean isStored = random.nextBoolean();
            var permissions = random.nextBoolean()
                    ? List.of(OneTurn.permissionRequest("ses_1", "per_" + random.nextInt(3)))
                    : List.<PermissionRequest>of();
            return new Snapshot(
                    status(),
                    isStored,
                    isStored && random.nextBoolean() ? OneTurn.messages(message) : List.of(),
                    permissions,
                    List.of(),
                    random.nextBoolean()
                            ? List.of(new TaskCall(OneTurn.SESSION, OneTurn.ANSWER, "ses_2", "do it"))
                            : List.of(),
                    List.of());
        }

        private <T> CompletableFuture<T> answer(T value) {
            return switch (random.nextInt(8)) {
                case 0 -> CompletableFuture.failedFuture(new ConnectionException("lost", null, null));
                case 1 ->
                    CompletableFuture.failedFuture(ServerException.retryable(
                            "busy", Where.of("GET", "/").answered(503)));
                case 2 ->
                    CompletableFuture.failedFuture(
                            random.nextInt(20) == 0
                                    ? new BadRequestException(
                                            "no", Where.of("GET", "/").answered(400), null)
                                    : new ConnectionException("lost", null, null));
                case 3, 4 -> {
                    CompletableFuture<T> later = new CompletableFuture<>();
                    unanswered.add(() -> later.complete(value));
                    yield later;
                }
                default -> CompletableFuture.completedFuture(value);
            };
        }

        void does(int step) {
            switch (step) {
                case 0 -> turn.connect();
                case 1 -> turn.busy();
                case 2 -> turn.idle();
                case 3 -> turn.user("msg_1");
                case 4 -> turn.assistant("msg_2", "msg_1");
                case 5 -> turn.delta("prt_1", "x");
                case 6 -> turn.text("msg_2", "prt_1", "Hello");
                case 7 -> turn.completed("msg_2", "msg_1", "stop");
                case 8 -> turn.completed("msg_2", "msg_1", "tool-calls");
                case 9 -> turn.error("trouble");
                case 10 -> turn.permission("ses_1", "per_" + random.nextInt(3));
                case 11 -> turn.permissionReplied("ses_1", "per_" + random.nextInt(3), "once");
                case 12 -> turn.question("ses_2", "que_1");
                case 13 -> turn.questionReplied("que_1", "yes");
                case 14 -> turn.born("ses_2", "ses_1").task("ses_2");
                case 15 -> turn.gap();
                case 16 -> turn.ready();
                case 17 -> turn.refused();
                case 18 -> turn.server.subscriber.damaged();
                case 19 -> turn.assistant("msg_9", "msg_8");
                case 20 -> turn.delta("msg_3", "prt_3", "unknown");
                case 21 ->
                    turn.raw("{\"type\":\"message.updated\",\"properties\":{\"sessionID\":\"ses_1\",\"info\":7}}");
                case 22 -> turn.raw("broken");
                case 23 -> replies();
                case 24, 25, 26 -> answersOne();
                case 27, 28 -> turn.after(random.nextDouble());
                case 29 -> turn.after(random.nextInt(60));
                case 30 -> turn.bytes();
                case 31 -> rarely(() -> turn.turn.interrupt());
                case 32 -> rarely(() -> turn.server.subscriber.refused(new AuthenticationException("no", null, null)));
                default -> rarely(() -> turn.server.subscriber.closed(new ConnectionException("closed", null, null)));
            }
        }

        private void rarely(Runnable action) {
            if (random.nextInt(4) == 0) action.run();
        }

        private void replies() {
            String id = "per_" + random.nextInt(3);
            try {
                turn.turn.reply(id, PermissionReply.ONCE);
            } catch (IllegalArgumentException notPending) {
                // As it should be.
            }
        }

        private void answersOne() {
            Runnable one = unanswered.poll();
            if (one != null) one.run();
        }

        /** Nothing more happens; a question on a living stream may wait for ever, so the stream dies. */
        void endBy(Duration limit) {
            turn.gap();
            turn.after((double) limit.toSeconds());
        }
    }
}
