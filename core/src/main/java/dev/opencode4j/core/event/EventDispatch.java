package dev.opencode4j.core.event;

/** Which method of a {@link ReplyObserver} an event belongs to. */
final class EventDispatch {

    private EventDispatch() {}

    static void dispatch(AgentEvent event, ReplyObserver to) {
        if (event instanceof TurnStarted e) to.turnStarted(e);
        else if (event instanceof PartAdded e) to.partAdded(e);
        else if (event instanceof TextDelta e) to.textDelta(e);
        else if (event instanceof ReasoningDelta e) to.reasoningDelta(e);
        else if (event instanceof PartFinished e) to.partFinished(e);
        else if (event instanceof ToolProgressed e) to.toolProgressed(e);
        else if (event instanceof StepFinished e) to.stepFinished(e);
        else if (event instanceof TodosChanged e) to.todosChanged(e);
        else if (event instanceof PermissionAsked e) to.permissionAsked(e);
        else if (event instanceof PermissionReplied e) to.permissionReplied(e);
        else if (event instanceof QuestionAsked e) to.questionAsked(e);
        else if (event instanceof QuestionAnswered e) to.questionAnswered(e);
        else if (event instanceof QuestionRejected e) to.questionRejected(e);
        else if (event instanceof Retrying e) to.retrying(e);
        else if (event instanceof Reconnected e) to.reconnected(e);
        else if (event instanceof ErrorReported e) to.errorReported(e);
        else if (event instanceof UnknownEvent e) to.unknownEvent(e);
        else to.turnEnded((TurnEnded) event);
    }
}
