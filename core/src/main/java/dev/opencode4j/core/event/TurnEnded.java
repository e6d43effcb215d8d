package dev.opencode4j.core.event;

import dev.opencode4j.core.reply.TurnResult;

/** The last event of a turn. */
public sealed interface TurnEnded extends AgentEvent permits TurnCompleted, TurnFailed, TurnInterrupted {

    /** What came of the turn; when it did not complete, what had been received. */
    TurnResult result();
}
