package dev.opencode4j.server.internal.http;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What really failed, under what futures wrap it in. */
public final class Cause {

    private Cause() {}

    /** The first failure that is none of a future's own. */
    public static Throwable of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
