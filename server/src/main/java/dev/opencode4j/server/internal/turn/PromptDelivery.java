package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.prompt.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * Brings a turn's prompt to its session: waits until the program's other turns there have sent theirs, then chooses a
 * message id, then posts. Until the post has been answered nobody else of this program sends to the session. Runs in the
 * turn's mailbox.
 */
final class PromptDelivery {

    private static final int MOST_PLACES = 3;

    /** Who is told. */
    interface Listener {

        /** The prompt's place in the session is known, and a new one if it is to be sent anew. */
        void placed(NextMessage place);

        /** The server has the prompt. */
        void accepted();

        /** The server has not, and will not have, the prompt. */
        void refused(AgentException error);

        /** The server lost the prompt, or never ran it, and it can't be sent anew. */
        void undeliverable(AgentException error);

        /** Nobody waits for the prompt any more; the server may have it. */
        void abandoned();

        /** Whether the prompt is still to be sent. */
        boolean isWanted();

        /** Whether the prompt has shown on the stream: then its post needs no response any more. */
        boolean isPromptSeen();

        /** Whether the turn is being stopped, and keeps the right to send for that. */
        boolean isStopping();
    }

    private final TurnContext turn;
    private final Opening opening;
    private final Listener listener;
    private SessionLanes.@Nullable Lane lane;
    private @Nullable Submission submission;
    private @Nullable NextMessage place;
    private int places;
    private boolean isSent;

    PromptDelivery(TurnContext turn, Opening opening, Listener listener) {
        this.turn = turn;
        this.opening = opening;
        this.listener = listener;
    }

    /** Gets in line, and finds the prompt's place when it is its turn. */
    void begin() {
        enter(this::findPlace);
    }

    private void enter(Runnable granted) {
        lane = turn.upstream()
                .lanes()
                .enter(turn.sessionId(), () -> turn.mailbox().post(granted));
    }

    private void findPlace() {
        if (!listener.isWanted()) return;
        places++;
        turn.upstream()
                .nextMessage()
                .whenComplete((next, failure) -> turn.mailbox().post(() -> {
                    if (!listener.isWanted()) return;
                    if (failure == null) found(next);
                    else listener.refused(Failures.of(failure));
                }));
    }

    private void found(NextMessage next) {
        String given = opening.messageId();
        place = given == null ? next : new NextMessage(given, next.isBehindOthers());
        listener.placed(place);
    }

    /** Posts the prompt to its place. */
    void post() {
        Prompt prompt = opening.prompt();
        if (place == null || prompt == null) throw new IllegalStateException("nothing to post");
        isSent = true;
        submission = new Submission(turn, new Answered(), place.id(), prompt);
        submission.post();
    }

    private final class Answered implements Submission.Listener {

        @Override
        public void accepted() {
            free();
            listener.accepted();
        }

        @Override
        public void refused(AgentException error) {
            isSent = false;
            free();
            listener.refused(error);
        }

        @Override
        public void abandoned() {
            free();
            listener.abandoned();
        }

        @Override
        public boolean isWanted() {
            return listener.isWanted() && !listener.isPromptSeen();
        }

        private void free() {
            if (!listener.isStopping()) release();
        }
    }

    /** Posts the prompt to its place again: the server was away, and does not have it. */
    void postAgain() {
        if (submission == null) listener.undeliverable(fatal("the server no longer has the prompt"));
        else if (!submission.postAgain()) listener.undeliverable(fatal("the server loses the prompt again and again"));
    }

    private static AgentException fatal(String message) {
        return ServerException.fatal(message, null);
    }

    /** 1.2.27 takes a prompt for an agent that it does not have, and says nothing, ever: asks which agents it has. */
    void explainSilence() {
        String agent = opening.agent();
        if (agent == null) return;
        turn.upstream()
                .requireAgent(agent)
                .whenComplete((known, failure) -> turn.mailbox().post(() -> {
                    AgentException error = failure == null ? null : Failures.of(failure);
                    if (error instanceof BadRequestException) listener.undeliverable(error);
                }));
    }

    /** The post is answered, or given up: lets others send. */
    void release() {
        if (lane != null) lane.release();
        lane = null;
    }

    /** Whether this turn has the right to send, or has asked for it. */
    boolean isInLane() {
        return lane != null;
    }

    /** Whether the server has the prompt, or may have it. */
    boolean isSent() {
        return isSent;
    }

    /** Gets in line before all others that wait, for what ends the turn. */
    void enterFirst(Runnable granted) {
        lane = turn.upstream()
                .lanes()
                .enterFirst(turn.sessionId(), () -> turn.mailbox().post(granted));
    }

    /**
     * Takes back a prompt that is stored and was never run, and finds it a new place if no model has read it: a server
     * deletes nothing of a session at work, so what it deletes it does not run.
     *
     * @param wasRead whether an answer to another prompt was begun after it
     * @param wasAway whether the server may have been restarted since; then nobody knows what it did
     */
    void replace(boolean wasRead, boolean wasAway) {
        NextMessage old = place;
        if (old == null || wasAway) {
            listener.undeliverable(fatal("the server restarted before it ran the prompt"));
            return;
        }
        turn.upstream()
                .remove(old.id())
                .whenComplete((done, failure) -> turn.mailbox().post(() -> {
                    if (!listener.isWanted()) return;
                    isSent = failure != null;
                    boolean isAllowed = !wasRead && opening.messageId() == null && places < MOST_PLACES;
                    if (!isSent && isAllowed) enter(this::findPlace);
                    else listener.undeliverable(neverRun(old.id()));
                }));
    }

    private static AgentException neverRun(String messageId) {
        return ServerException.retryable(
                "the server stored the prompt as " + messageId + " and never ran it: another prompt came at the same"
                        + " moment, or the turn before it was stopped",
                null);
    }
}
