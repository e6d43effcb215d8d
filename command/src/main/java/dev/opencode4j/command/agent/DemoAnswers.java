package dev.opencode4j.command.agent;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Question;
import dev.opencode4j.testkit.impostor.ReceivedPrompt;
import dev.opencode4j.testkit.impostor.Script;
import dev.opencode4j.testkit.impostor.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the demo says, and the impostor of the command line: canned answers that show what an agent does. */
public enum DemoAnswers {
    /** Word by word, at the speed of a model. */
    GENTLE(Duration.ofMillis(25)),
    /** All at once. */
    PROMPT(Duration.ofMillis(1));

    private static final Pattern WORDS = Pattern.compile("(?<=\\s)(?=\\S)");

    private static final String WHAT_I_AM = """
            Hello! This is the demo that comes with opencode4j: no model is behind it, but everything between it and \
            you is real: a session, a prompt, and an event stream that brings these words one by one.

            Try "#think", "#tool", "#ask" or "#fail" as the prompt. For a real answer, put OpenCode on the PATH, or \
            let `./opencode4j run --install` fetch it, or name a server in OPENCODE_BASE_URL.""";

    private final Duration pause;

    DemoAnswers(Duration pause) {
        this.pause = pause;
    }

    /** The answer to a prompt: one of the shows if it names one, else what this is. */
    public Answer answer(ReceivedPrompt prompt) {
        String text = prompt.text();
        if (text.contains("#think")) return thinking();
        if (text.contains("#tool")) return tool();
        if (text.contains("#ask")) return asking();
        if (text.contains("#fail")) return failure();
        return says(Answer.script(), WHAT_I_AM);
    }

    private Script thinking() {
        Script script = Answer.script();
        for (String word : words("The user wants to see me think. Thinking is shown apart from the answer.")) {
            script = script.reasoning(word).pause(pause);
        }
        return says(script, "That was thinking, and this is the answer.");
    }

    private Script tool() {
        Script script = says(Answer.script(), "Let me look at the files here.")
                .tool(ToolCall.of("bash")
                        .input("command", "ls")
                        .progress("README.md\n")
                        .progress("pom.xml\n")
                        .title("List the files"));
        return says(script, "There are two: README.md and pom.xml. (I made that up.)");
    }

    private Script asking() {
        Script script = says(Answer.script(), "I would like to run something.").askPermission("bash", "echo hello");
        script = says(script, "Thank you. Now a question.")
                .askQuestion(Question.of("Which colour do you like?", "Red", "Green", "Blue"));
        return says(script, "A good choice.");
    }

    private Script failure() {
        return says(Answer.script(), "This will go wrong")
                .fail("UnknownError", Map.of("message", "the demo was asked to fail"));
    }

    private Script says(Script script, String text) {
        Script longer = script;
        for (String word : words(text)) longer = longer.text(word).pause(pause);
        return longer;
    }

    private static List<String> words(String text) {
        return WORDS.splitAsStream(text).toList();
    }
}
