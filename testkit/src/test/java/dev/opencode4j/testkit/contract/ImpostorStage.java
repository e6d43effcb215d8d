package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.Question;
import dev.opencode4j.testkit.impostor.ReceivedPrompt;
import dev.opencode4j.testkit.impostor.Script;
import dev.opencode4j.testkit.impostor.ToolCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The model that the impostor does not have: its turns, staged. */
final class ImpostorStage implements StagedModel {

    private final Impostor impostor;
    private final Map<String, Supplier<Script>> scripts = new ConcurrentHashMap<>();
    private final List<ReceivedPrompt> begun = new CopyOnWriteArrayList<>();
    private final AtomicInteger cues = new AtomicInteger();

    ImpostorStage(Impostor impostor) {
        this.impostor = impostor;
        impostor.otherwise(this::play);
    }

    private Answer play(ReceivedPrompt prompt) {
        begun.add(prompt);
        return scripts.entrySet().stream()
                .filter(entry -> prompt.text().contains(entry.getKey()))
                .map(entry -> entry.getValue().get())
                .findFirst()
                .orElse(Answer.text("No ", "cue."));
    }

    private String on(Supplier<Script> script) {
        String cue = newCue();
        scripts.put(cue, script);
        return cue;
    }

    private String newCue() {
        return "#cue" + cues.incrementAndGet() + '#';
    }

    @Override
    public String says(String... pieces) {
        return on(() -> Answer.text(pieces[0], Arrays.copyOfRange(pieces, 1, pieces.length)));
    }

    @Override
    public String holds(String before, String after) {
        String cue = newCue();
        Script begun = before.isEmpty() ? Answer.script() : Answer.text(before);
        scripts.put(cue, () -> begun.hold(cue).text(after));
        return cue;
    }

    @Override
    public String babbles(String text) {
        return on(() -> Answer.script()
                .raw("{\"type\":\"mystery.event\",\"properties\":{\"sessionID\":\"$SESSION\",\"odd\":[1]}}")
                .raw("{\"type\":\"session.status\",\"properties\":{\"sessionID\":\"$SESSION\",\"status\":"
                        + "{\"type\":\"dreaming\"}}}")
                .text(text)
                .raw("{\"nothing\":\"of the kind\"}"));
    }

    @Override
    public String refuses(int status, int times, String text) {
        AtomicInteger asked = new AtomicInteger();
        Map<String, ?> refusal = Map.of("message", "scripted " + status, "statusCode", status, "isRetryable", false);
        return on(
                () -> asked.getAndIncrement() < times ? Answer.script().fail("APIError", refusal) : Answer.text(text));
    }

    @Override
    public String overflows(String text) {
        return on(() -> Answer.error("ContextOverflowError", "the conversation is too long"));
    }

    @Override
    public String callsTool(String output, String text) {
        String command = "echo " + output;
        return on(() -> Answer.script()
                .tool(ToolCall.of("bash")
                        .input("command", command)
                        .asks(command)
                        .output(output))
                .text(text));
    }

    @Override
    public String hangsInTool() {
        return on(() -> Answer.script().subAgent("takes very long", Answer.never()));
    }

    @Override
    public String asks(String question, String first, String second, String text) {
        return on(() -> Answer.script()
                .askQuestion(Question.of(question, first, second))
                .text(text));
    }

    @Override
    public String structures(Json value) {
        return on(() -> Answer.script().structured(value.text()));
    }

    @Override
    public void release(String cue) {
        impostor.release(cue);
    }

    @Override
    public void awaitRun(String cue, Duration atMost) {
        impostor.awaitRequest(request -> request.body().contains(cue), atMost);
    }

    @Override
    public void awaitHeld(String cue, Duration atMost) {
        impostor.awaitHeld(cue, atMost);
    }

    @Override
    public void awaitAbandoned(String cue, Duration atMost) {
        impostor.awaitIdle(atMost);
    }

    @Override
    public int timesRun(String cue) {
        return (int)
                begun.stream().filter(prompt -> prompt.text().contains(cue)).count();
    }

    @Override
    public boolean received(String prompt) {
        return begun.stream().anyMatch(received -> received.text().equals(prompt));
    }

    @Override
    public boolean wasShown(String cue, String words) {
        return begun.stream()
                .filter(prompt -> prompt.text().contains(cue))
                .map(prompt ->
                        prompt.body() + impostor.messages(prompt.sessionId()).toString())
                .anyMatch(conversation -> conversation.contains(words));
    }
}
