package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.InterruptedTurnException;

/** What is to be made of a turn, by what the server said when it was asked and what was streamed before. */
enum Verdict {
    /** The session is at work, on this turn or on one before it. */
    WORKING,
    /** The answers are complete. */
    FINISHED,
    /** The session met an error and stopped. */
    FAILED,
    /** The session stopped without an error: the server was killed. */
    BROKEN_OFF,
    /** The server was away and does not have the prompt: it took it and was killed before it had stored it. */
    PROMPT_LOST,
    /** The server has the prompt, is idle, and has not run it: it never will. */
    NEVER_RUN,
    /** There is no sign of the turn yet. */
    UNKNOWN;

    /**
     * Judges. Without a break in the stream, silence only means patience: servers are slow. And what was heard since the
     * look began may be newer than what the look found: an end is believed only when nothing was.
     */
    static Verdict of(Snapshot snapshot, Listening heard, boolean isAskedOften) {
        Answers answers = heard.answers();
        Gap gap = heard.gap();
        if (!snapshot.status().isIdle()) return WORKING;
        if (answers.areWhole()) return FINISHED;
        if (heard.hasNews()) return UNKNOWN;
        if (hasFailed(heard, isAskedOften)) return FAILED;
        if (!answers.isEmpty()) return BROKEN_OFF;
        if (!snapshot.promptStored()) return gap.serverWasDown() ? PROMPT_LOST : UNKNOWN;
        return isAskedOften ? NEVER_RUN : UNKNOWN;
    }

    /**
     * Whether the session's error is the turn's end. An abort without an answer may be the last turn's: then this one
     * begins in a moment.
     */
    private static boolean hasFailed(Listening heard, boolean isAskedOften) {
        AgentException error = heard.sessionError();
        if (error == null) return false;
        boolean isAbort = error instanceof InterruptedTurnException;
        return !heard.answers().isEmpty() || (!heard.isBehindOthers() && (!isAbort || isAskedOften));
    }
}
