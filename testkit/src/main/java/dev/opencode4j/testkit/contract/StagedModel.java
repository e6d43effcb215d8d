package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.part.Json;
import java.time.Duration;

/**
 * A model that does what a test says. Each method that tells it what to do returns a <em>cue</em>: a word that nobody
 * else uses, of letters, digits and {@code #}. Whenever the cue stands anywhere in a prompt, that is what the model does.
 * A prompt without a cue is answered somehow.
 *
 * <p>For agents that talk to an OpenAI-compatible endpoint there is {@link ScriptedStage}. Methods may be called from
 * any thread.
 */
public interface StagedModel {

    /** On this cue the model says these texts, one after the other, each as a piece of its own. */
    String says(String... pieces);

    /** On this cue it says {@code before}, unless that is empty, waits for {@link #release}, and says {@code after}. */
    String holds(String before, String after);

    /** On this cue it says {@code text}, among things that no agent of today knows, if it can. */
    default String babbles(String text) {
        return says(text);
    }

    /** On this cue it answers with that HTTP status so many times, and then says {@code text}. */
    String refuses(int status, int times, String text);

    /** On this cue it refuses once because the conversation is longer than it can read, and then says {@code text}. */
    String overflows(String text);

    /**
     * On this cue it calls a tool that asks for permission if tools of the agent do, has an input, and puts out {@code
     * output}; then it says {@code text}. Called only if the agent has tools.
     */
    String callsTool(String output, String text);

    /** On this cue it calls a tool that takes very long, after asking as above. Called only if the agent has tools. */
    String hangsInTool();

    /** On this cue it asks the user to choose, and then says {@code text}. Called only if the agent has interactions. */
    String asks(String question, String first, String second, String text);

    /** On this cue it gives that value as its structured answer. Called only if the agent can do that. */
    String structures(Json value);

    /** Lets go on what waits, or will wait, on this cue. */
    void release(String cue);

    /**
     * Waits until the model was asked with a prompt that holds this cue.
     *
     * @throws AssertionError if it was not in this time
     */
    void awaitRun(String cue, Duration atMost);

    /**
     * Waits until the model waits on this cue.
     *
     * @throws AssertionError if it does not in this time
     */
    void awaitHeld(String cue, Duration atMost);

    /**
     * Waits until nobody listens any more to the answer on this cue.
     *
     * @throws AssertionError if somebody does after this time
     */
    void awaitAbandoned(String cue, Duration atMost);

    /** How many times the model was asked with a prompt that holds this cue, not counting the steps after a tool. */
    int timesRun(String cue);

    /** Whether the model was asked with exactly this prompt. */
    boolean received(String prompt);

    /** Whether the prompt with this cue, or something before it in its conversation, showed {@code words} to the model. */
    boolean wasShown(String cue, String words);
}
