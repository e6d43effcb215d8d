package dev.opencode4j.benchmarks.zen;

import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.stream.IntStream;

/** The scripted model as a process: it says to each prompt a text of that prompt's own, word by word. */
final class ModelProcess {

    private static final String PACE = "pace";

    private ModelProcess() {}

    /** What is asked of the model for stream {@code number}. */
    static String prompt(int number, int words) {
        return "Stream " + number + " #own=" + number + "x" + words;
    }

    /** The words of stream {@code number}; no other stream has one of them. */
    static String[] words(int number, int words) {
        return IntStream.range(0, words).mapToObj(i -> number + "." + i + " ").toArray(String[]::new);
    }

    static ScriptedModel start(Duration pace) {
        ScriptedModel model = ScriptedModel.builder().chunkPause(pace).start();
        model.on("own", request -> {
            String[] asked = request.argument("own").orElseThrow().split("x", -1);
            return Answer.empty().say(words(Integer.parseInt(asked[0]), Integer.parseInt(asked[1])));
        });
        return model;
    }

    /** The option for a process that says a word each so many milliseconds. */
    static String pace(int millis) {
        return "-D" + PACE + '=' + millis;
    }

    /** Says its address and ends with its input. */
    public static void main(String[] args) throws IOException {
        try (ScriptedModel model = start(Duration.ofMillis(Integer.getInteger(PACE, 0)))) {
            System.out.println(model.baseUri());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
