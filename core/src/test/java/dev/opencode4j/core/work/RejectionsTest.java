package dev.opencode4j.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.interaction.QuestionRequest;
import dev.opencode4j.core.interaction.ToolCallDetails;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Rejections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was rejected is in the result, and in one line of the log. */
class RejectionsTest {

    private static final String SECRET = "s3cret";

    private final Logger logger = Logger.getLogger(PermissionPolicy.class.getName());
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().contains("ses_rejections")) logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final List<AgentEvent> events = new ArrayList<>();
    private final TurnEvents turn = new TurnEvents(() -> "ses_rejections", events::add, 1_000_000, () -> {});

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        turn.started("msg_1");
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    private PermissionRequest permission(String id, String permission, String decision) {
        PermissionRequest request = new PermissionRequest(
                        id, "ses_1", permission, List.of(SECRET), List.of(), Json.EMPTY, null, null)
                .with(new ToolCallDetails("echo " + SECRET, null, Json.EMPTY));
        turn.tell(new PermissionAsked(request));
        turn.tell(new PermissionReplied(id, new PermissionReply(decision, null), Duration.ZERO));
        return request;
    }

    private QuestionRequest question(String id) {
        QuestionRequest request = new QuestionRequest(id, "ses_1", List.of(), null, null);
        turn.tell(new QuestionAsked(request));
        return request;
    }

    private Rejections rejections() {
        return ((TurnEnded) events.get(events.size() - 1)).result().rejections();
    }

    @Test
    void theResultListsWhatWasRejectedAndTheLogNamesItWithoutItsText() {
        PermissionRequest first = permission("per_1", "bash", "reject");
        permission("per_2", "bash", "once");
        PermissionRequest third = permission("per_3", "bash", "reject");
        PermissionRequest fourth = permission("per_4", "edit", "reject");
        QuestionRequest rejected = question("que_1");
        turn.tell(new QuestionRejected("que_1", Duration.ZERO));
        question("que_2");
        turn.tell(new QuestionAnswered("que_2", QuestionReply.of("A"), Duration.ZERO));
        turn.completed(() -> {});
        assertThat(rejections()).isEqualTo(new Rejections(List.of(first, third, fourth), List.of(rejected)));
        assertThat(logged)
                .singleElement()
                .asString()
                .contains("msg_1", "permission bash (2 times)", "permission edit", "question", "PermissionPolicy")
                .doesNotContain(SECRET);
    }

    @Test
    void nothingRejectedIsNothingToldOrLogged() {
        permission("per_1", "bash", "always");
        question("que_1");
        turn.completed(() -> {});
        assertThat(rejections()).isEqualTo(Rejections.NONE);
        assertThat(rejections().isEmpty()).isTrue();
        assertThat(logged).isEmpty();
    }

    @Test
    void whatAnInterruptRejectsIsNotLogged() {
        PermissionRequest request = permission("per_1", "bash", "reject");
        turn.interrupted();
        assertThat(rejections().permissions()).containsExactly(request);
        assertThat(logged).isEmpty();
    }

    @Test
    void whatWasAnsweredUnheardIsInTheResultAlone() {
        PermissionRequest request =
                new PermissionRequest("per_1", "ses_1", "bash", List.of(), List.of(), Json.EMPTY, null, null);
        turn.recordAnswered(new PermissionAsked(request));
        turn.recordAnswered(new PermissionReplied("per_1", PermissionReply.REJECT, Duration.ZERO));
        turn.completed(() -> {});
        assertThat(events).noneMatch(event -> event instanceof PermissionAsked);
        assertThat(rejections().permissions()).containsExactly(request);
    }
}
