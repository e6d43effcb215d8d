package dev.opencode4j.core.event;

import java.util.function.Consumer;

/** A listener with one method per event, each doing nothing unless overridden. */
public interface ReplyObserver extends Consumer<AgentEvent> {

    /** Hands {@code event} to the method of its kind. */
    @Override
    default void accept(AgentEvent event) {
        EventDispatch.dispatch(event, this);
    }

    /** See {@link TurnStarted}. */
    default void turnStarted(TurnStarted event) {}

    /** See {@link PartAdded}. */
    default void partAdded(PartAdded event) {}

    /** See {@link TextDelta}. */
    default void textDelta(TextDelta event) {}

    /** See {@link ReasoningDelta}. */
    default void reasoningDelta(ReasoningDelta event) {}

    /** See {@link PartFinished}. */
    default void partFinished(PartFinished event) {}

    /** See {@link ToolProgressed}. */
    default void toolProgressed(ToolProgressed event) {}

    /** See {@link StepFinished}. */
    default void stepFinished(StepFinished event) {}

    /** See {@link TodosChanged}. */
    default void todosChanged(TodosChanged event) {}

    /** See {@link PermissionAsked}. */
    default void permissionAsked(PermissionAsked event) {}

    /** See {@link PermissionReplied}. */
    default void permissionReplied(PermissionReplied event) {}

    /** See {@link QuestionAsked}. */
    default void questionAsked(QuestionAsked event) {}

    /** See {@link QuestionAnswered}. */
    default void questionAnswered(QuestionAnswered event) {}

    /** See {@link QuestionRejected}. */
    default void questionRejected(QuestionRejected event) {}

    /** See {@link Retrying}. */
    default void retrying(Retrying event) {}

    /** See {@link Reconnected}. */
    default void reconnected(Reconnected event) {}

    /** See {@link ErrorReported}. */
    default void errorReported(ErrorReported event) {}

    /** See {@link UnknownEvent}. */
    default void unknownEvent(UnknownEvent event) {}

    /** The turn is over, in one of its three ways. */
    default void turnEnded(TurnEnded event) {}
}
