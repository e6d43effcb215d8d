package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PermissionAsked;
import dev.opencode4j.core.event.TodosChanged;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.interaction.QuestionReply;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.PartSource;
import dev.opencode4j.core.part.Todo;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a git repository with files and a history, as real projects are: servers take snapshots there, and send more. */
@EachRealVersion
class GitProjectTest extends RigTest {

    private final List<AgentEvent> events = new ArrayList<>();
    private final OpenCodeServer agent;
    private final GitProject project;

    GitProjectTest(RealOpenCode server, ScriptedModel model) throws Exception {
        super(server, model);
        project = GitProject.create(server.directory().resolve(Rig.marker("project")));
        agent = OpenCodeServer.of(OpenCodeClient.builder()
                .baseUrl(server.baseUri().toString())
                .username(RealOpenCode.USER)
                .password(server.password())
                .directory(project.directory().toString())
                .build());
    }

    @BeforeEach
    void theServerKnowsTheProject() {
        assertThat(agent.client().files().vcs().branch()).isNotBlank();
    }

    @AfterEach
    void closeAgent() {
        agent.close();
    }

    private AgentSession open(PermissionPolicy permissions) {
        return agent.open(SessionOptions.builder()
                .permissions(permissions)
                .questions(QuestionPolicy.asking(request -> QuestionReply.of("Red")))
                .timeouts(Timeouts.DEFAULT.withTurn(Rig.BOUND))
                .build());
    }

    /** Runs a turn, and holds the reply's parts, in their order, against what the server stored. */
    private Reply run(AgentSession session, String prompt) {
        events.clear();
        TurnResult result = session.run(Prompt.of(prompt), events::add);
        StoredTurn.equalsReply(agent.client(), result);
        return result.reply();
    }

    @Test
    void aConversationWithToolsIsStreamedInTheOrderInWhichItIsStored() {
        try (AgentSession session = open(PermissionPolicy.once())) {
            assertThat(run(session, "#echo hello").text()).isEqualTo("You said: #echo hello");
            assertThat(run(session, "#reason").reasoning()).isEqualTo("Let me think.");
            assertThat(run(session, "#write").tools()).hasSize(1);
            assertThat(project.directory().resolve("hello.txt")).exists();
            assertThat(run(session, "#multi").finishedTools()).hasSize(3);
            assertThat(events).filteredOn(PermissionAsked.class::isInstance).hasSize(3);
            assertThat(run(session, "#question").tools()).hasSize(1);
            assertThat(run(session, "#task=bash").tools()).hasSize(1);
            assertThat(run(session, "#echo bye").text()).isEqualTo("You said: #echo bye");
        }
    }

    /** 1.2.27 tells the list before the step that changes it, here and not elsewhere. */
    @Test
    void todoListsStandWhereTheServerStoredThem() {
        try (AgentSession session = open(PermissionPolicy.reject())) {
            Reply reply = run(session, "#todo");
            assertThat(events).hasAtLeastOneElementOfType(TodosChanged.class);
            assertThat(reply.todos()).extracting(Todo::status).containsExactly("completed", "completed");
            assertThat(reply.tools()).extracting(ToolPart::tool).containsExactly("todowrite", "todowrite");
            assertThat(reply.parts())
                    .extracting(PartSource::of)
                    .containsOnly(PartSource.MESSAGE)
                    .hasSameSizeAs(reply.parts());
            assertThat(reply.parts()).extracting(Part::index).isSorted();
        }
    }

    @Test
    void aRefusedCommandEndsTheTurn() {
        try (AgentSession session = open(PermissionPolicy.reject())) {
            ToolPart tool = run(session, "#bash").tools().get(0);
            assertThat(tool.status()).isEqualTo(ToolStatus.ERROR);
            assertThat(run(session, "#echo next").text()).endsWith("next");
        }
    }
}
