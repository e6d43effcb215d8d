package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says which of our errors a broken exchange is, and in words that help more than the JDK's. */
final class Failures {

    private Failures() {}

    /**
     * Our error for what an exchange threw; one that is ours already stays as it is. A defect, or memory that has run
     * out, is no connection's failure: the same request would meet it again.
     */
    static AgentException of(Throwable thrown, Where where, Duration connect) {
        Throwable cause = Cause.of(thrown);
        if (cause instanceof AgentException ours) return ours;
        Throwable error = find(cause, Error.class);
        if (error != null) return ServerException.unexpected(error);
        if (cause instanceof RuntimeException && find(cause, IOException.class) == null) {
            return ServerException.unexpected(cause);
        }
        return new ConnectionException(words(cause, connect), where, cause);
    }

    private static String words(Throwable cause, Duration connect) {
        if (cause instanceof HttpConnectTimeoutException) return "no connection within " + connect.toMillis() + "ms";
        if (find(cause, UnresolvedAddressException.class) != null || find(cause, UnknownHostException.class) != null) {
            return "the host is unknown";
        }
        if (cause instanceof ConnectException) return "nothing answers there";
        if (cause instanceof SSLException) return "TLS failed: " + cause.getMessage();
        String message = cause.getMessage();
        return "the connection broke" + (message == null ? "" : ": " + message);
    }

    private static @Nullable Throwable find(Throwable start, Class<? extends Throwable> type) {
        for (Throwable cause = start; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) return cause;
        }
        return null;
    }
}
