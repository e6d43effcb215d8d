package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.Where;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words that help why a request got no answer. */
final class Breakage {

    private Breakage() {}

    static ConnectionException of(IOException cause, Where where, Duration connect) {
        return new ConnectionException(words(cause, connect), where, cause);
    }

    private static String words(IOException cause, Duration connect) {
        if (cause instanceof HttpConnectTimeoutException) return "no connection within " + connect.toMillis() + "ms";
        if (isUnknownHost(cause)) return "the host is unknown";
        if (cause instanceof ConnectException) return "nothing answers there";
        if (cause instanceof SSLException) return "TLS failed: " + cause.getMessage();
        return "the connection broke" + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    private static boolean isUnknownHost(IOException thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) return true;
        }
        return false;
    }
}
