package dev.opencode4j.batch;

/**
 * A line of the input that is no prompt.
 *
 * @param number its number, from 1
 * @param reason what is wrong with it
 */
public record BadLine(long number, String reason) {

    @Override
    public String toString() {
        return "line " + number + ": " + reason;
    }
}
