package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.model.Message;
import dev.opencode4j.testkit.junit.EachRealVersion;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A history that outgrows the model in the middle of a turn. The server puts two user messages of its own into the
 * session, one for the summary and one to go on, and the answer to the second names that as its parent.
 */
class CompactionTest {

    @EachRealVersion
    void theAnswerAfterACompactionBelongsToTheTurnThatRanIntoTheLimit(RealOpenCode real, ScriptedModel model) {
        AtomicInteger steps = new AtomicInteger();
        String word = "full" + real.version().toString().replace(".", "");
        model.on(
                word,
                request -> steps.incrementAndGet() > 1
                        ? Answer.words("A summary.")
                        : Answer.words("Looking. ")
                                .call("bash", Map.of("command", "echo one", "description", "One"))
                                .promptTokens(99_000));
        SessionOptions options =
                SessionOptions.builder().permissions(PermissionPolicy.once()).build();
        try (OpenCodeServer agent = OpenCodeServer.of(OpenCodeClient.builder()
                        .baseUrl(real.baseUri().toString())
                        .password(real.password())
                        .build());
                AgentSession session = agent.open(options)) {
            TurnResult result = session.run("Fill the context, #" + word);

            List<Message> stored = agent.client().messages().list(session.id());
            Message last = stored.get(stored.size() - 1);
            assertThat(last.info().parentId()).isNotEqualTo(result.messageId());
            assertThat(stored).filteredOn(Message::continuation).hasSize(2);
            assertThat(stored).filteredOn(message -> message.info().summary()).hasSize(1);
            assertThat(result.text()).startsWith("Looking.").endsWith(last.text());
            assertThat(result.text()).doesNotContain("A summary.");
        }
    }
}
