package dev.opencode4j.command.run;

import dev.opencode4j.core.event.AgentEvent;

/** Shows a turn. Thread-safe; what comes after the end is not shown. */
interface Output {

    /** Shows an event; the one that ends the turn is the end. */
    void event(AgentEvent event);

    /** Shows the end of a turn that failed without an event, maybe before it began. */
    void failed(Throwable error);

    /** Shows the end of a turn that was interrupted without an event, maybe before it began. */
    void interrupted();
}
