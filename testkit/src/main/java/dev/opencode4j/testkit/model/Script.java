package dev.opencode4j.testkit.model;

/**
 * What the model does when a prompt holds a certain {@code #word}.
 *
 * <p>Called once for each model call, on the thread that serves it, so several calls may run at the same time. When a
 * turn uses tools the script is called again after each of them: {@link ModelRequest#toolResults()} tells how far the
 * turn is.
 */
@FunctionalInterface
public interface Script {

    /**
     * Chooses the answer to one model call.
     *
     * @param request what the model was asked
     * @return what it answers; a script that throws makes the model answer HTTP 500
     */
    Answer answer(ModelRequest request);
}
