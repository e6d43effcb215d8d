package dev.opencode4j.core.reply;

/**
 * How many tokens were used, as the provider counted them.
 *
 * @param input tokens of the prompt that no cache supplied
 * @param output tokens of the answer
 * @param reasoning tokens of thinking
 * @param cacheRead tokens of the prompt that came from the provider's cache
 * @param cacheWrite tokens of the prompt that were put into the provider's cache
 */
public record Usage(long input, long output, long reasoning, long cacheRead, long cacheWrite) {

    /** Nothing used. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    /** This and {@code other} together. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                output + other.output,
                reasoning + other.reasoning,
                cacheRead + other.cacheRead,
                cacheWrite + other.cacheWrite);
    }

    /** All tokens together. */
    public long total() {
        return input + output + reasoning + cacheRead + cacheWrite;
    }
}
