package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.ErrorReported;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.PermissionReplied;
import dev.opencode4j.core.event.QuestionAnswered;
import dev.opencode4j.core.event.QuestionAsked;
import dev.opencode4j.core.event.QuestionRejected;
import dev.opencode4j.core.interaction.CommandMatcher;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.PermissionReply;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who answers what the agent asks, and what comes of each answer. */
@EachRealVersion
class PoliciesTest extends RigTest {

    private final List<AgentEvent> events = new ArrayList<>();

    PoliciesTest(RealOpenCode server, ScriptedModel model) {
        super(server, model);
    }

    private TurnResult run(String prompt, UnaryOperator<SessionOptions.Builder> options) {
        events.clear();
        try (AgentSession session = rig.open(options)) {
            TurnResult result = session.run(prompt, events::add);
            StoredTurn.equalsReply(rig.client(), result);
            return result;
        }
    }

    private TurnResult permitting(String prompt, PermissionPolicy policy) {
        return run(prompt, options -> options.permissions(policy));
    }

    private <T extends AgentEvent> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void onceIsForOneCommand() {
        permitting("#multi", PermissionPolicy.once());
        assertThat(told(PermissionAsked.class)).hasSize(3);
        assertThat(told(PermissionReplied.class))
                .hasSize(3)
                .allSatisfy(told -> assertThat(told.reply().decision()).isEqualTo("once"));
    }

    /** With a program that no other test runs: the server remembers the answer for the whole directory. */
    @Test
    void alwaysIsForAllCommandsOfItsKind() {
        model.on(
                "twice",
                request -> request.toolResults() > 1
                        ? Answer.words("both done")
                        : Answer.empty().call("bash", Map.of("command", "printf always", "description", "Print")));
        TurnResult result = permitting("#twice", PermissionPolicy.always());
        assertThat(told(PermissionAsked.class)).hasSize(1);
        assertThat(result.reply().tools())
                .hasSize(2)
                .allSatisfy(tool -> assertThat(tool.output()).contains("always"));
    }

    @Test
    void aRejectionEndsTheTurn() {
        TurnResult result = permitting("#bash", PermissionPolicy.reject());
        assertThat(told(PermissionReplied.class)).hasSize(1);
        assertThat(result.reply().tools())
                .hasSize(1)
                .allSatisfy(tool -> assertThat(tool.status()).isEqualTo(ToolStatus.ERROR));
        assertThat(result.reply().finish()).isEqualTo("tool-calls");
        assertThat(result.text().strip()).isEqualTo("Calling bash.");
    }

    @Test
    void aRejectionWithAReasonLetsTheModelGoOn() {
        TurnResult result = permitting(
                "#bash", PermissionPolicy.asking(request -> PermissionReply.rejectBecause("use another command")));
        ToolPart tool = result.reply().tools().get(0);
        assertThat(tool.status()).isEqualTo(ToolStatus.ERROR);
        assertThat(tool.error()).contains("use another command");
        assertThat(result.text()).contains("All done after 1 tools.");
    }

    @Test
    void somebodyIsAskedOnAnotherThread() {
        List<PermissionRequest> asked = new CopyOnWriteArrayList<>();
        permitting("#bash", PermissionPolicy.asking(request -> {
            asked.add(request);
            return PermissionReply.ONCE;
        }));
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).permission()).isEqualTo("bash");
        assertThat(asked.get(0).patterns()).containsExactly("echo hi from bash", "sleep 0.2", "echo done");
        assertThat(told(PermissionAsked.class)).containsExactly(new PermissionAsked(asked.get(0)));
    }

    @Test
    void theConsumerAnswersInItsLoop() {
        try (AgentSession session = rig.open(options ->
                        options.permissions(PermissionPolicy.askConsumer()).questions(QuestionPolicy.askConsumer()));
                Turn turn = session.start("#bash")) {
            for (AgentEvent event : turn) {
                if (event instanceof PermissionAsked asked)
                    turn.reply(asked.request().id(), PermissionReply.ONCE);
            }
            assertThat(turn.result().text()).contains("All done after 1 tools.");
        }
    }

    @Test
    void aPolicyThatThrowsRejects() {
        TurnResult result = permitting("#bash", PermissionPolicy.asking(request -> {
            throw new IllegalStateException("no idea");
        }));
        assertThat(told(ErrorReported.class)).hasSize(1);
        assertThat(result.reply().tools())
                .allSatisfy(tool -> assertThat(tool.status()).isEqualTo(ToolStatus.ERROR));
    }

    private void commands(String name, String command) {
        model.on(
                name,
                request -> request.toolResults() > 0
                        ? Answer.words("done")
                        : Answer.empty().call("bash", Map.of("command", command, "description", name)));
    }

    /** Its patterns are {@code git log} and {@code git init x}: a policy that looks for one of them allows both. */
    @Test
    void aCommandBesideTheAllowedOneDoesNotRun() {
        commands("sneaky", "git log; git init x");
        TurnResult result =
                permitting("#sneaky", PermissionPolicy.allowing(CommandMatcher.exactly("git log", "git status")));
        PermissionRequest asked = told(PermissionAsked.class).get(0).request();
        assertThat(asked.patterns()).contains("git log");
        assertThat(asked.command()).contains("git log; git init x");
        assertThat(result.reply().tools())
                .hasSize(1)
                .allSatisfy(tool -> assertThat(tool.status()).isEqualTo(ToolStatus.ERROR));
        assertThat(result.rejections().permissions()).containsExactly(asked);
    }

    @Test
    void theAllowedCommandRuns() {
        commands("plain", "printf plain");
        TurnResult result = permitting("#plain", PermissionPolicy.allowing(CommandMatcher.exactly("printf plain")));
        assertThat(result.reply().tools())
                .hasSize(1)
                .allSatisfy(tool -> assertThat(tool.output()).contains("plain"));
        assertThat(result.rejections().isEmpty()).isTrue();
    }

    @Test
    void rulesOfTheSessionDecideWithoutAsking() {
        TurnResult allowed = run("#bash", options -> options.rules(List.of(PermissionRule.allow("bash", "*"))));
        assertThat(told(PermissionAsked.class)).isEmpty();
        assertThat(allowed.text()).contains("All done after 1 tools.");
        run("#bash", options -> options.rules(List.of(PermissionRule.deny("bash", "*"))));
        assertThat(told(PermissionAsked.class)).isEmpty();
    }

    @Test
    void aSubAgentsPermissionIsTheTurns() {
        TurnResult result = permitting("#task=bash", PermissionPolicy.once());
        List<PermissionAsked> asked = told(PermissionAsked.class);
        assertThat(asked).hasSize(1);
        PermissionRequest request = asked.get(0).request();
        assertThat(request.sessionId()).isNotEqualTo(result.sessionId());
        assertThat(request.command()).contains("echo hi from bash; sleep 0.2; echo done");
        assertThat(request.messageId()).startsWith("msg_");
        assertThat(request.callId()).isNotBlank();
        assertThat(told(PermissionReplied.class)).hasSize(1);
        assertThat(result.reply().tools().get(0).output()).contains("All done after 1 tools.");
    }

    @Test
    void aQuestionIsAnswered() {
        TurnResult result = run(
                "#question", options -> options.questions(QuestionPolicy.asking(request -> QuestionReply.of("Blue"))));
        QuestionAsked asked = told(QuestionAsked.class).get(0);
        assertThat(asked.request().questions()).hasSize(1);
        assertThat(asked.request().questions().get(0).options())
                .extracting(option -> option.label())
                .containsExactly("Red", "Blue");
        assertThat(told(QuestionAnswered.class)).hasSize(1);
        ToolPart tool = result.reply().tools().get(0);
        assertThat(tool.output()).contains("Blue");
        assertThat(tool.requestId()).isEqualTo(asked.request().id());
    }

    @Test
    void aQuestionIsRejected() {
        TurnResult result = run("#question", options -> options.questions(QuestionPolicy.reject()));
        assertThat(told(QuestionRejected.class)).hasSize(1);
        assertThat(result.rejections().questions())
                .singleElement()
                .isEqualTo(told(QuestionAsked.class).get(0).request());
        assertThat(result.reply().tools())
                .hasSize(1)
                .allSatisfy(tool -> assertThat(tool.status()).isEqualTo(ToolStatus.ERROR));
        assertThat(result.reply().finish()).isEqualTo("tool-calls");
    }
}
