package dev.opencode4j.testkit.model;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/** The words that every scripted model knows. */
final class Catalogue {

    static final Script ECHO = request -> {
        String prompt = request.prompt();
        return Answer.words("You said: " + prompt.substring(Math.max(0, prompt.length() - 60)));
    };

    static final Map<String, Script> SCRIPTS = Map.ofEntries(
            Map.entry("echo", ECHO),
            Map.entry(
                    "reason",
                    request -> Answer.empty().think("Let me ", "think.").say("The answer ", "is 42.")),
            Map.entry(
                    "long",
                    request -> Answer.empty().pace(Duration.ofMillis(1)).say(numbered(request, "long", "word"))),
            Map.entry("words", request -> Answer.empty().pace(Duration.ZERO).say(numbered(request, "words", "word"))),
            Map.entry(
                    "slow",
                    request -> Answer.empty().pace(Duration.ofMillis(500)).say(numbered("tick", 60))),
            Map.entry("delay", request -> ECHO.answer(request).after(Duration.ofMillis(number(request, "delay", 100)))),
            Map.entry(
                    "hold",
                    request -> Answer.empty()
                            .say("held ")
                            .hold(request.argument("hold").orElse("hold"))
                            .say("released")),
            Map.entry("utf8", request -> Answer.empty().say("héllo 🌍 ", "日本語 𝕏")),
            Map.entry("length", request -> Answer.empty().say("cut off").finish("length")),
            Map.entry("empty", request -> Answer.empty()),
            Map.entry("drop", request -> Answer.empty().say("partial ").cut()),
            Map.entry("status", request -> Answer.status(number(request, "status", 500))),
            Map.entry("bash", ToolScripts.BASH),
            Map.entry("write", ToolScripts.WRITE),
            Map.entry("multi", ToolScripts.MULTI),
            Map.entry("todo", ToolScripts.TODO),
            Map.entry("question", ToolScripts.QUESTION),
            Map.entry("task", ToolScripts.TASK),
            Map.entry("badtool", ToolScripts.BAD_TOOL),
            Map.entry("big", ToolScripts.BIG),
            Map.entry("structured", ToolScripts.STRUCTURED));

    private Catalogue() {}

    private static String[] numbered(ModelRequest request, String tag, String word) {
        return numbered(word, number(request, tag, 200));
    }

    private static String[] numbered(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + i + " ").toArray(String[]::new);
    }

    private static int number(ModelRequest request, String tag, int otherwise) {
        return request.argument(tag)
                .filter(argument -> argument.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }
}
