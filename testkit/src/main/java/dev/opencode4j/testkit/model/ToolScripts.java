package dev.opencode4j.testkit.model;

import java.util.List;
import java.util.Map;

/** The scripts whose turns call tools: one call a step, and a closing text when all have come back. */
final class ToolScripts {

    static final Script BASH = inTurn(command("echo hi from bash; sleep 0.2; echo done", "Echo"));

    // A relative path, which OpenCode takes from the session's directory.
    static final Script WRITE = inTurn(call("write", Map.of("filePath", "hello.txt", "content", "hello file\n")));

    static final Script MULTI =
            inTurn(command("echo one", "One"), command("echo two", "Two"), command("exit 3", "Three"));

    static final Script BIG = inTurn(command("head -c 3000000 /dev/zero | tr '\\0' x", "Big"));

    static final Script BAD_TOOL = inTurn(call("nosuchtool", Map.of("a", 1)));

    static final Script STRUCTURED = inTurn(call("StructuredOutput", Map.of("a", 42)));

    static final Script TODO = inTurn(todos("in_progress", "pending"), todos("completed", "completed"));

    static final Script QUESTION = inTurn(call(
            "question",
            Map.of(
                    "questions",
                    List.of(Map.of(
                            "question",
                            "Which colour?",
                            "header",
                            "Colour",
                            "options",
                            List.of(
                                    Map.of("label", "Red", "description", "warm"),
                                    Map.of("label", "Blue", "description", "cold")))))));

    static final Script TASK = request -> {
        String work = "do the sub work #" + request.argument("task").orElse("echo");
        Step step = call("task", Map.of("description", "sub work", "prompt", work, "subagent_type", "general"));
        return inTurn(step).answer(request);
    };

    private ToolScripts() {}

    private record Step(String tool, Map<String, ?> arguments) {}

    private static Script inTurn(Step... steps) {
        return request -> {
            int results = request.toolResults();
            if (results >= steps.length) {
                return Answer.empty().say("All done after ", results + " tools.");
            }
            Step step = steps[results];
            return Answer.empty().say("Calling " + step.tool() + ". ").call(step.tool(), step.arguments());
        };
    }

    private static Step call(String tool, Map<String, ?> arguments) {
        return new Step(tool, arguments);
    }

    private static Step command(String command, String description) {
        return call("bash", Map.of("command", command, "description", description));
    }

    private static Step todos(String first, String second) {
        return call(
                "todowrite",
                Map.of(
                        "todos",
                        List.of(
                                Map.of("id", "1", "content", "first", "status", first, "priority", "high"),
                                Map.of("id", "2", "content", "second", "status", second, "priority", "low"))));
    }
}
