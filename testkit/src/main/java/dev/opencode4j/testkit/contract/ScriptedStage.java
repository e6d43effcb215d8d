package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ModelRequest;
import dev.opencode4j.testkit.model.Script;
import dev.opencode4j.testkit.model.ScriptedModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The scripted model as a {@link StagedModel}: for agents that talk to it themselves and for those with OpenCode in
 * between, whose tools {@code bash}, {@code question} and {@code StructuredOutput} it calls. Several may share one model.
 */
public final class ScriptedStage implements StagedModel {

    private final ScriptedModel model;

    /** Uses {@code model}, and does not close it. */
    public ScriptedStage(ScriptedModel model) {
        this.model = model;
    }

    private String on(Script script) {
        String word = newWord();
        model.on(word, script);
        return '#' + word;
    }

    private static String newWord() {
        return "cue" + UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public String says(String... pieces) {
        return on(request -> Answer.empty().say(pieces));
    }

    @Override
    public String holds(String before, String after) {
        String word = newWord();
        Answer begun = before.isEmpty() ? Answer.empty() : Answer.empty().say(before);
        model.on(word, request -> begun.hold(word).say(after));
        return '#' + word;
    }

    @Override
    public String refuses(int status, int times, String text) {
        AtomicInteger asked = new AtomicInteger();
        return on(request -> asked.getAndIncrement() < times ? Answer.status(status) : Answer.words(text));
    }

    @Override
    public String overflows(String text) {
        AtomicInteger asked = new AtomicInteger();
        return on(request -> asked.getAndIncrement() == 0 ? Answer.contextOverflow() : Answer.words(text));
    }

    @Override
    public String callsTool(String output, String text) {
        Map<String, ?> input = Map.of("command", "echo " + output, "description", "Says a word");
        return on(thenSays(text, Answer.empty().call("bash", input)));
    }

    @Override
    public String hangsInTool() {
        Map<String, ?> input = Map.of("command", "sleep 600", "description", "Sleeps");
        return on(thenSays("slept", Answer.empty().call("bash", input)));
    }

    @Override
    public String asks(String question, String first, String second, String text) {
        List<Map<String, String>> options =
                List.of(Map.of("label", first, "description", first), Map.of("label", second, "description", second));
        Map<String, ?> asked = Map.of("question", question, "header", "Choice", "options", options);
        return on(thenSays(text, Answer.empty().call("question", Map.of("questions", List.of(asked)))));
    }

    private static Script thenSays(String text, Answer call) {
        return request -> request.toolResults() > 0 ? Answer.words(text) : call;
    }

    /** A tool's arguments where the request offers OpenCode's tool for it, plain text where it does not. */
    @Override
    public String structures(Json value) {
        Map<String, Object> arguments = new HashMap<>();
        value.node().properties().forEach(field -> arguments.put(field.getKey(), field.getValue()));
        return on(request -> request.body().path("tools").toString().contains("\"StructuredOutput\"")
                ? Answer.empty().call("StructuredOutput", arguments)
                : Answer.empty().say(value.text()));
    }

    @Override
    public void release(String cue) {
        model.release(cue.substring(1));
    }

    @Override
    public void awaitRun(String cue, Duration atMost) {
        model.awaitRun(cue, atMost);
    }

    @Override
    public void awaitHeld(String cue, Duration atMost) {
        model.awaitHeld(cue.substring(1), atMost);
    }

    @Override
    public void awaitAbandoned(String cue, Duration atMost) {
        model.awaitAbandoned(cue, atMost);
    }

    @Override
    public int timesRun(String cue) {
        return model.timesRun(cue);
    }

    @Override
    public boolean received(String prompt) {
        return model.requests().stream()
                .anyMatch(request -> request.isFirstStep() && request.prompt().equals(prompt));
    }

    @Override
    public boolean wasShown(String cue, String words) {
        return model.requests().stream()
                .filter(request -> request.isFirstStep() && request.prompt().contains(cue))
                .map(ModelRequest::body)
                .anyMatch(body -> body.path("messages").toString().contains(words));
    }
}
