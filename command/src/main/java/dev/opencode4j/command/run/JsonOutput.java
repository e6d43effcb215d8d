package dev.opencode4j.command.run;

import dev.opencode4j.command.json.EventJson;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnInterrupted;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import java.util.List;

/** A line of JSON for each event, exactly one of which is the last: the end. */
final class JsonOutput implements Output {

    private final Screen screen;
    private final EventJson json = new EventJson();
    private TurnResult known = EventJson.NOTHING;
    private boolean ended;

    JsonOutput(Screen screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void event(AgentEvent event) {
        if (ended) return;
        ended = event instanceof TurnEnded;
        if (event instanceof TurnStarted turn) {
            known = new TurnResult(turn.sessionId(), turn.messageId(), Reply.EMPTY, List.of());
        }
        screen.outputLine(json.event(event));
    }

    @Override
    public synchronized void failed(Throwable error) {
        end(json.failure(error, known));
    }

    @Override
    public synchronized void interrupted() {
        end(json.event(new TurnInterrupted(known)));
    }

    private void end(String line) {
        if (ended) return;
        ended = true;
        screen.outputLine(line);
    }
}
