package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.interaction.Question;
import dev.opencode4j.core.json.read.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the questions of a request and the call that waits for it. */
final class QuestionReader {

    private QuestionReader() {}

    static List<Question> list(JsonReader json) {
        List<Question> questions = new ArrayList<>();
        if (json.enterArray()) {
            while (json.nextElement()) {
                if (json.enterObject()) questions.add(question(json));
            }
        }
        return questions;
    }

    private static Question question(JsonReader json) {
        String question = "";
        String header = "";
        List<Question.Option> options = new ArrayList<>();
        boolean multiple = false;
        String field;
        while ((field = json.nextField()) != null) {
            switch (field) {
                case "question" -> question = json.textOrEmpty();
                case "header" -> header = json.textOrEmpty();
                case "multiple" -> multiple = json.isTrue();
                case "options" -> readOptions(json, options);
            }
        }
        return new Question(question, header, options, multiple);
    }

    private static void readOptions(JsonReader json, List<Question.Option> options) {
        if (!json.enterArray()) return;
        while (json.nextElement()) {
            if (!json.enterObject()) continue;
            String label = "";
            String description = "";
            String field;
            while ((field = json.nextField()) != null) {
                switch (field) {
                    case "label" -> label = json.textOrEmpty();
                    case "description" -> description = json.textOrEmpty();
                }
            }
            options.add(new Question.Option(label, description));
        }
    }

    /** Reads {@code {messageID, callID}}. */
    static ToolCall toolCall(JsonReader json) {
        String messageId = null;
        String callId = null;
        if (json.enterObject()) {
            String field;
            while ((field = json.nextField()) != null) {
                switch (field) {
                    case "messageID" -> messageId = json.text();
                    case "callID" -> callId = json.text();
                }
            }
        }
        return new ToolCall(messageId, callId);
    }

    /** The tool call that waits for an answer, as far as the server names it. */
    record ToolCall(@Nullable String messageId, @Nullable String callId) {

        static final ToolCall NONE = new ToolCall(null, null);
    }
}
