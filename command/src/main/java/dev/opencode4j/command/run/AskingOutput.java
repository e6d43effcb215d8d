package dev.opencode4j.command.run;

import dev.opencode4j.core.event.AgentEvent;

/**
 * An output beside which a person is asked: what came before a request is shown before the question, and the end of the
 * turn is shown whether or not the question was answered.
 *
 * @param shown shows the turn
 * @param person is asked
 */
record AskingOutput(Output shown, Person person) implements Output {

    @Override
    public void event(AgentEvent event) {
        person.event(event);
        shown.event(event);
    }

    @Override
    public void failed(Throwable error) {
        person.turnOver();
        shown.failed(error);
    }

    @Override
    public void interrupted() {
        person.turnOver();
        shown.interrupted();
    }
}
