package dev.opencode4j.testkit.model;

import java.time.Duration;
import java.util.Map;

/** One thing that a model does while it answers. */
sealed interface Move {

    record Say(String text) implements Move {}

    record Think(String text) implements Move {}

    record Call(String tool, Map<String, ?> arguments) implements Move {}

    /** From here on this long between two chunks, whatever the model's own pause is. */
    record Pace(Duration pause) implements Move {}

    record Pause(Duration duration) implements Move {}

    record Hold(String name) implements Move {}

    /** Ends the connection where it stands. */
    record Cut() implements Move {}

    /** What the prompt is said to have cost. */
    record PromptTokens(int count) implements Move {}

    record Finish(String reason) implements Move {}

    /** Answers with an HTTP error; nothing may have been said before. */
    record Refuse(int status, Map<String, ?> error) implements Move {}
}
