package dev.opencode4j.benchmarks.zen;

import dev.opencode4j.testkit.model.Answer;
import dev.opencode4j.testkit.model.ScriptedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.stream.IntStream;

/** The scripted model as a process: it says to each prompt a text of that prompt's own, word by word. */
final class ModelProcess {

    /** As fast as models are that are called fast. */
    private static final Duration PACE = Duration.ofMillis(10);

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

    /** Says its address and ends with its input. */
    public static void main(String[] args) throws IOException {
        try (ScriptedModel model = start(PACE)) {
            System.out.println(model.baseUri());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
