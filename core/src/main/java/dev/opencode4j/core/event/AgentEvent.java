package dev.opencode4j.core.event;

/**
 * Something that happened in a turn.
 *
 * <p>The first event of a turn is {@link TurnStarted}, the last one is exactly one of {@link TurnCompleted},
 * {@link TurnFailed} and {@link TurnInterrupted}. All are immutable. What OpenCode invents later arrives as
 * {@link UnknownEvent}.
 */
public sealed interface AgentEvent
        permits TurnStarted,
                PartAdded,
                TextDelta,
                ReasoningDelta,
                PartFinished,
                ToolProgressed,
                StepFinished,
                TodosChanged,
                PermissionAsked,
                PermissionReplied,
                QuestionAsked,
                QuestionAnswered,
                QuestionRejected,
                Retrying,
                Reconnected,
                ErrorReported,
                UnknownEvent,
                TurnEnded {}
