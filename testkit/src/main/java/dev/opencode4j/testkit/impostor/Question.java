package dev.opencode4j.testkit.impostor;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question that an {@link Answer} asks the user.
 *
 * @param question the question itself
 * @param header a word or two to head it
 * @param options the labels to choose from
 */
public record Question(String question, String header, List<String> options) {

    /** Copies the options. */
    public Question {
        options = List.copyOf(options);
    }

    /** A question headed by its first word. */
    public static Question of(String question, String... options) {
        return new Question(question, question.split(" ", 2)[0], List.of(options));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("question", question).put("header", header);
        var list = json.putArray("options");
        options.forEach(label -> list.addObject().put("label", label).put("description", label));
        return json;
    }
}
