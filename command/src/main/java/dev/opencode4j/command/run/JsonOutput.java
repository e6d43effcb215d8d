package dev.opencode4j.command.run;

import dev.opencode4j.command.json.EventJson;
import dev.opencode4j.command.terminal.Out;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;

/** A line of JSON for each event, exactly one of which is the last: the end. */
final class JsonOutput implements Output {

    private final Out out;
    private final EventJson json = new EventJson();
    private boolean ended;

    JsonOutput(Out out) {
        this.out = out;
    }

    @Override
    public synchronized void event(AgentEvent event) {
        if (ended) return;
        ended = event instanceof TurnEnded;
        out.line(json.event(event));
    }

    @Override
    public void failed(Throwable error) {
        end(json.failure(error));
    }

    @Override
    public void interrupted() {
        end(json.interruption());
    }

    private synchronized void end(String line) {
        if (ended) return;
        ended = true;
        out.line(line);
    }
}
