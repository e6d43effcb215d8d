package dev.opencode4j.batch;

/**
 * Why a prompt failed.
 *
 * @param type the simple name of the error's class, such as {@code RateLimitException}
 * @param message what went wrong, and what to try
 */
public record BatchFailure(String type, String message) {

    /** The failure that an error is. */
    public static BatchFailure of(Throwable error) {
        return new BatchFailure(error.getClass().getSimpleName(), String.valueOf(error.getMessage()));
    }
}
