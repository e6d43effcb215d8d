package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an answer's tool calls do, one way for each kind of tool. */
final class ToolSteps {

    private ToolSteps() {}

    static Step call(ToolCall call) {
        return turn -> {
            ToolPart part = turn.openTool(call.name());
            part.running(call.input());
            turn.closeText();
            if (call.patterns().isEmpty()) {
                finish(turn, part, call);
                return;
            }
            turn.world().asks().permission(turn.conversation(), part, call, allowed -> {
                if (allowed) {
                    finish(turn, part, call);
                } else {
                    rejected(turn, part, "The user rejected permission to use this specific tool call.");
                }
            });
        };
    }

    private static void finish(Turn turn, ToolPart part, ToolCall call) {
        if (turn.isOver()) {
            return;
        }
        StringBuilder shown = new StringBuilder();
        for (String some : call.progress()) {
            shown.append(some);
            part.progress("", Json.object().put("output", shown.toString()));
        }
        String error = call.error();
        if (error == null) {
            part.completed(call.title(), call.output(), call.metadata());
        } else {
            part.failed(error);
        }
        turn.proceed();
    }

    private static void rejected(Turn turn, ToolPart part, String message) {
        if (turn.isOver()) {
            return;
        }
        part.failed(message);
        turn.endAfterTools();
    }

    static Step ask(List<Question> questions) {
        return turn -> {
            ToolPart part = turn.openTool("question");
            ObjectNode input = Json.object();
            ArrayNode list = input.putArray("questions");
            questions.forEach(question -> list.add(question.json()));
            turn.world().asks().question(turn.conversation(), part, questions, answers -> {
                if (answers == null) {
                    rejected(turn, part, "The user dismissed this question");
                } else if (!turn.isOver()) {
                    ObjectNode metadata = Json.object();
                    metadata.set("answers", answers);
                    part.completed("Asked " + questions.size() + " question", told(questions, answers), metadata);
                    turn.proceed();
                }
            });
            part.running(input);
            turn.closeText();
        };
    }

    private static String told(List<Question> questions, JsonNode answers) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            List<String> labels = new ArrayList<>();
            answers.path(i).forEach(label -> labels.add(label.asString()));
            pairs.add("\"" + questions.get(i).question() + "\"=\"" + String.join(", ", labels) + "\"");
        }
        return "User has answered your questions: " + String.join(", ", pairs)
                + ". You can now continue with the user's answers in mind.";
    }

    static Step todos(List<Todo> todos) {
        return turn -> {
            ToolPart part = turn.openTool("todowrite");
            ArrayNode list = Json.array();
            todos.forEach(todo -> list.add(todo.json()));
            turn.conversation().todos = list;
            turn.world().announcer().todos(turn.conversation());
            ObjectNode input = Json.object();
            input.set("todos", list);
            part.running(input);
            long open = todos.stream()
                    .filter(todo -> !todo.status().equals("completed"))
                    .count();
            part.completed(open + " todos", list.toPrettyString(), input.deepCopy());
            turn.closeText();
            turn.proceed();
        };
    }

    static Step structured(JsonNode value) {
        return turn -> {
            ToolPart part = turn.openTool("StructuredOutput");
            part.running(value.isObject() ? (ObjectNode) value.deepCopy() : Json.object());
            turn.structured(value);
            part.completed("Structured Output", "Structured output captured successfully.", Json.object());
            turn.endAfterTools();
        };
    }

    static Step subAgent(String description, Script answer) {
        return turn -> {
            ToolPart part = turn.openTool("task");
            Conversation child = turn.world().openChild(turn.conversation(), description);
            turn.subAgent(child);
            part.running(Json.object()
                    .put("description", description)
                    .put("prompt", description)
                    .put("subagent_type", "general"));
            part.progress(description, link(turn, child));
            turn.closeText();
            turn.world().turns().runChild(child, description, answer, said -> {
                turn.subAgent(null);
                if (!turn.isOver()) {
                    String output = "<task id=\"" + child.id() + "\" state=\"completed\">\n<task_result>\n" + said
                            + "\n</task_result>\n</task>";
                    part.completed(description, output, link(turn, child));
                    turn.proceed();
                }
            });
        };
    }

    private static ObjectNode link(Turn turn, Conversation child) {
        return Json.object().put("parentSessionId", turn.conversation().id()).put("sessionId", child.id());
    }
}
