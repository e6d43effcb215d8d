package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.Where;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in words that help why a request got no answer. */
final class Breakage {

    private Breakage() {}

    /** Nothing of an answer has come, so that the request may be sent again. */
    static Outcome of(IOException cause, Where where, Duration connect) {
        return new Outcome.Refused(new ConnectionException(words(cause, connect), where, cause), true, null);
    }

    private static String words(IOException cause, Duration connect) {
        if (cause instanceof SocketTimeoutException) return "no connection within " + connect.toMillis() + "ms";
        if (cause instanceof UnknownHostException) return "the host is unknown";
        if (cause instanceof ConnectException) return "nothing answers there";
        if (cause instanceof SSLException) return "TLS failed: " + cause.getMessage();
        return "the connection broke" + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
