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

    /** The same question gone on with. */
    Ask with(String nextMessageId, List<Message> nextNews) {
        return new Ask(nextMessageId, nextNews, model, system, schema, tools);
    }
}
