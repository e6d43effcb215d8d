package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.zen.internal.schema.AnswerSchema;
import dev.opencode4j.zen.internal.wire.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one turn asks.
 *
 * @param messageId the turn's id
 * @param news the messages that are new in it
 * @param model the model's name
 * @param system what the model is told to be, or null
 * @param schema what the answer has to follow, or null
 * @param tools what the model may call
 */
record Ask(
        String messageId,
        List<Message> news,
        String model,
        @Nullable String system,
        @Nullable AnswerSchema schema,
        Toolbox tools) {

    Ask {
        news = List.copyOf(news);
    }

    /** The same with other messages. */
    Ask with(List<Message> others) {
        return new Ask(messageId, others, model, system, schema, tools);
    }

    /** The same question gone on with in another turn, where the model need not call a tool once more. */
    Ask next(String nextMessageId, List<Message> results) {
        return new Ask(nextMessageId, results, model, system, schema, tools.freely());
    }
}
