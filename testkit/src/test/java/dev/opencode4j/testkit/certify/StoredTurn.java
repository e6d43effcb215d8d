package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ReasoningPart;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.reply.Reply;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.model.Message;
import java.math.BigDecimal;
import java.util.List;

/**
 * A turn as the server has stored it.
 *
 * @param answers the assistant's messages that answer the turn's prompt
 */
record StoredTurn(List<Message> answers) {

    static StoredTurn of(OpenCodeClient client, TurnResult turn) {
        return new StoredTurn(read(client, turn).stream()
                .filter(message -> turn.messageId().equals(message.info().parentId()))
                .toList());
    }

    /** Asserts that the streamed reply is what is stored: the same parts in the same order, text, tokens and cost. */
    static void equalsReply(OpenCodeClient client, TurnResult turn) {
        StoredTurn stored = of(client, turn);
        Reply reply = turn.reply();
        assertThat(stored.answers).isNotEmpty();
        assertThat(unplaced(reply.parts())).containsExactlyElementsOf(unplaced(stored.parts()));
        assertThat(reply.text()).isEqualTo(stored.text());
        assertThat(reply.usage()).isEqualTo(stored.usage());
        assertThat(reply.cost()).isEqualByComparingTo(stored.cost());
        assertThat(turn.usage()).isEqualTo(stored.usage());
        assertThat(turn.cost()).isEqualByComparingTo(stored.cost());
        assertThat(reply.structured()).isEqualTo(stored.last().info().structured());
    }

    Message last() {
        return answers.get(answers.size() - 1);
    }

    /** The parts that say something: an empty text is stored and belongs to no reply. */
    List<Part> parts() {
        return answers.stream()
                .flatMap(message -> message.parts().stream())
                .filter(part -> !(part instanceof TextPart text && text.text().isBlank()))
                .filter(part -> !(part instanceof ReasoningPart thought
                        && thought.text().isBlank()))
                .toList();
    }

    private String text() {
        return new Reply(parts(), Usage.NONE, BigDecimal.ZERO, null, List.of(), null).text();
    }

    private Usage usage() {
        return answers.stream().map(answer -> answer.info().usage()).reduce(Usage.NONE, Usage::plus);
    }

    private BigDecimal cost() {
        return answers.stream().map(answer -> answer.info().cost()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Where the messages can't be listed (trap 8) those that the reply names are read one by one. */
    private static List<Message> read(OpenCodeClient client, TurnResult turn) {
        try {
            return client.messages().list(turn.sessionId());
        } catch (UnsupportedFeatureException trap) {
            return turn.reply().parts().stream()
                    .map(Part::messageId)
                    .distinct()
                    .map(id -> client.messages().get(turn.sessionId(), id))
                    .toList();
        }
    }

    /** Without what only the stream knows: the position in the reply, and which request a tool call waited for. */
    private static List<Part> unplaced(List<Part> parts) {
        return parts.stream()
                .map(part -> part.at(Part.UNPLACED))
                .map(part -> part instanceof ToolPart tool
                        ? tool.toBuilder().requestId(null).build()
                        : part)
                .toList();
    }
}
