package dev.opencode4j.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.TurnFailed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnEventsTest {

    /** One closed client ends the turns of many tenants. */
    @Test
    void turnsThatFailFromOneCauseKeepTheirRepliesApart() {
        AgentException cause = new ConnectionException("the client was closed", null, null);
        TurnFailed mine = failed("ses_1", "mine", cause);
        TurnFailed theirs = failed("ses_2", "theirs", cause);
        assertThat(mine.error()).isExactlyInstanceOf(ConnectionException.class).isNotSameAs(theirs.error());
        assertThat(mine.error().partial()).contains(mine.result());
        assertThat(mine.result().text()).isEqualTo("mine");
        assertThat(theirs.error().partial()).contains(theirs.result());
        assertThat(theirs.result().text()).isEqualTo("theirs");
        assertThat(cause.partial()).isEmpty();
    }

    private static TurnFailed failed(String sessionId, String text, AgentException cause) {
        List<AgentEvent> told = new ArrayList<>();
        TurnEvents turn = new TurnEvents(() -> sessionId, told::add, 1_000_000, () -> {});
        turn.tell(new TextDelta("prt_1", 0, text));
        assertThat(turn.failed(cause)).isTrue();
        return (TurnFailed) told.get(told.size() - 1);
    }
}
