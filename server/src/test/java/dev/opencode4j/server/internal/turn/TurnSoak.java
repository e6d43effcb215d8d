package dev.opencode4j.server.internal.turn;

import static dev.opencode4j.server.model.SessionStatus.BUSY;
import static dev.opencode4j.server.model.SessionStatus.IDLE;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Very many turns of one client in one session, each with one of all the ends that there are, in an order that a seed
 * decides. Nothing of a turn stays when it is over: that is checked after each of them, and the heap by whoever runs this.
 *
 * <p>{@link #main} is the long run of it; {@code benchmarks/soak} starts it.
 */
final class TurnSoak {

    /** How a turn goes. */
    enum Course {
        COMPLETED,
        COMPLETED_AFTER_A_GAP,
        FAILED,
        REFUSED,
        INTERRUPTED,
        ABORTED_LATE,
        INTERRUPTED_IN_LINE,
        NEVER_RUN,
        QUEUED,
        DELETED,
        OUT_OF_TIME,
        CUT
    }

    private static final Set<Course> STOPPED = EnumSet.of(
            Course.INTERRUPTED, Course.ABORTED_LATE, Course.INTERRUPTED_IN_LINE, Course.DELETED, Course.OUT_OF_TIME);

    private static final int WATCHED_EACH = 50;
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final Random random;
    private final OneClient client = OneClient.fresh();
    private final FakeUpstream server = client.server();
    private final Map<Course, Integer> courses = new EnumMap<>(Course.class);
    private final List<WeakReference<ServerTurn>> watched = new ArrayList<>();
    private long started;

    TurnSoak(long seed) {
        random = new Random(seed);
    }

    /** Runs at least so many turns more. */
    void run(long turns) {
        long until = started + turns;
        while (started < until) {
            Course course = Course.values()[random.nextInt(Course.values().length)];
            reset();
            run(course);
            courses.merge(course, 1, Integer::sum);
            requireNothingLeft(course);
        }
    }

    /** How many turns went which way. */
    Map<Course, Integer> courses() {
        return courses;
    }

    /** How many of a sample of the turns that are over the program could still reach, after a garbage collection. */
    long reachable() {
        reset();
        server.subscriber = null;
        System.gc();
        watched.removeIf(turn -> turn.get() == null);
        return watched.size();
    }

    private void reset() {
        server.calls.clear();
        server.isBehindOthers = false;
        server.nextId = () -> CompletableFuture.completedFuture(OneTurn.PROMPT);
        server.submit = () -> CompletableFuture.completedFuture(null);
        server.aborted = () -> CompletableFuture.completedFuture(null);
        server.look = CompletableFuture::new;
        server.status = BUSY;
    }

    private OneTurn start() {
        OneTurn turn = OneTurn.of(client, OneTurn.options(OneTurn.LIMITS));
        if (started++ % WATCHED_EACH == 0) watched.add(new WeakReference<>(turn.turn));
        return turn.connect();
    }

    private OneTurn answering() {
        return start().busy()
                .user(OneTurn.PROMPT)
                .assistant(OneTurn.ANSWER, OneTurn.PROMPT)
                .delta("prt_1", "Hello");
    }

    private void run(Course course) {
        switch (course) {
            case COMPLETED ->
                check(answering().permissionOf(OneTurn.ANSWER, "per_1").end("Hello"), TurnCompleted.class);
            case COMPLETED_AFTER_A_GAP -> afterAGap();
            case FAILED ->
                check(
                        answering()
                                .error("bad luck")
                                .failed(OneTurn.ANSWER, OneTurn.PROMPT, "bad luck")
                                .idle(),
                        TurnFailed.class);
            case REFUSED -> refused();
            case INTERRUPTED -> interrupted();
            case ABORTED_LATE -> abortedLate();
            case INTERRUPTED_IN_LINE -> interruptedInLine();
            case NEVER_RUN -> neverRun();
            case QUEUED -> queued();
            case DELETED ->
                check(answering().event("session.deleted", "\"sessionID\":\"ses_1\""), TurnFailed.class)
                        .completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop")
                        .idle();
            case OUT_OF_TIME -> {
                OneTurn turn = answering().waitAlive(602);
                check(turn, TurnFailed.class)
                        .completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop")
                        .idle();
            }
            case CUT -> cut();
        }
    }

    private void afterAGap() {
        OneTurn turn = answering().gap();
        String stored = OneTurn.stored(OneTurn.ANSWER, "stop", OneTurn.textPart(OneTurn.ANSWER, "prt_1", "Hello"));
        turn.finds(IDLE, true, stored).ready().after(5);
        check(turn, TurnCompleted.class);
    }

    private void refused() {
        server.submit = () -> CompletableFuture.failedFuture(new ConnectionException("refused", null, null));
        check(start().after(60), TurnFailed.class);
    }

    private void interrupted() {
        OneTurn turn = answering();
        turn.turn.interrupt();
        turn.idle().aborted().completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop");
        check(turn, TurnInterrupted.class);
    }

    private void abortedLate() {
        CompletableFuture<Void> response = new CompletableFuture<>();
        server.aborted = () -> response;
        OneTurn turn = answering();
        turn.turn.interrupt();
        check(turn.after(20), TurnInterrupted.class);
        response.complete(null);
        turn.completed(OneTurn.ANSWER, OneTurn.PROMPT, "stop").idle();
    }

    private void interruptedInLine() {
        OneTurn first = answering();
        OneTurn second = behind();
        second.turn.interrupt();
        check(second.after(1), TurnInterrupted.class);
        check(first.end("Hello"), TurnCompleted.class);
        second.finds(IDLE, true);
    }

    /** Another turn, whose prompt waits on the server. */
    private OneTurn behind() {
        server.nextId = () -> CompletableFuture.completedFuture("msg_3");
        server.isBehindOthers = true;
        return start().user("msg_3");
    }

    private void neverRun() {
        OneTurn turn = start().user(OneTurn.PROMPT).finds(IDLE, true).idle();
        check(turn.after(60), TurnFailed.class);
    }

    private void queued() {
        OneTurn first = answering();
        OneTurn second = behind();
        check(first.end("Hello"), TurnCompleted.class);
        second.busy().assistant("msg_4", "msg_3").text("msg_4", "prt_4", "Later");
        check(second.completed("msg_4", "msg_3", "stop").idle(), TurnCompleted.class);
    }

    private void cut() {
        OneTurn turn = answering();
        turn.turn.cut(ConnectionException.closed(null));
        check(turn, TurnFailed.class);
    }

    private OneTurn check(OneTurn turn, Class<? extends TurnEnded> end) {
        require(end.isInstance(turn.end()), "an end of another kind", turn.events);
        require(turn.told(TurnEnded.class).size() == 1, "one end", turn.events);
        require(turn.told(TurnStarted.class).size() == 1, "one start", turn.events);
        return turn;
    }

    /** A turn that was stopped listens on for some seconds. */
    private void requireNothingLeft(Course course) {
        if (!STOPPED.contains(course)) require(client.time().planned() == 0, "timers right after", course);
        client.time().advance(A_WHILE);
        require(client.turns().size() == 0, "live turns after", course);
        require(server.lanes.size() == 0, "lanes after", course);
        require(client.time().planned() == 0, "timers after", course);
        require(server.wire.watchers() == 0, "watchers after", course);
    }

    private void require(boolean holds, String what, Object about) {
        if (!holds) throw new AssertionError(what + ": " + about + ", at turn " + started);
    }

    /** Arguments: how many turns (1,000,000), the seed (20,261). Prints the heap in use at every tenth of them. */
    public static void main(String[] arguments) {
        long turns = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        TurnSoak soak = new TurnSoak(arguments.length > 1 ? Long.parseLong(arguments[1]) : 20_261);
        for (int tenth = 1; tenth <= 10; tenth++) {
            soak.run(turns / 10);
            long reachable = soak.reachable();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "%,d turns: %,d KB in use, %d of the sampled turns reachable%n",
                    soak.started, (runtime.totalMemory() - runtime.freeMemory()) / 1024, reachable);
        }
        System.out.println(soak.courses());
    }
}
