package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.zen.internal.net.ProxyException;
import dev.opencode4j.zen.internal.net.SenderClosedException;
import dev.opencode4j.zen.internal.wire.Refusals;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in words that help why a request got no answer. */
final class Breakage {

    private Breakage() {}

    /** Nothing of an answer has come, so that the request may be sent again where that may help. */
    static Outcome of(IOException cause, Where where, Duration connect) {
        if (cause instanceof SenderClosedException) {
            return new Outcome.Refused(ConnectionException.closed(where), false, null);
        }
        if (cause instanceof ProxyException proxy) return ofProxy(proxy, where);
        return new Outcome.Refused(new ConnectionException(words(cause, connect), where, cause), true, null);
    }

    private static Outcome ofProxy(ProxyException cause, Where where) {
        String words = String.valueOf(cause.getMessage());
        AgentException error = switch (cause.reason()) {
            case UNSUPPORTED ->
                new UnsupportedFeatureException(
                        words + "; give Zen.builder().httpClient(...) a client that can", where, cause);
            case UNAUTHENTICATED -> new AuthenticationException(Refusals.PROXY_WANTS_PASSWORD, where, cause);
            case REFUSED, FAILED -> new ConnectionException(words, where, cause);
        };
        return new Outcome.Refused(error, cause.reason() == ProxyException.Reason.FAILED, null);
    }

    private static String words(IOException cause, Duration connect) {
        if (cause instanceof SocketTimeoutException || cause instanceof HttpConnectTimeoutException) {
            return "no connection within " + connect.toMillis() + "ms";
        }
        if (cause instanceof UnknownHostException || cause.getCause() instanceof UnresolvedAddressException) {
            return "the host is unknown";
        }
        if (cause instanceof ConnectException) return "nothing answers there";
        if (cause instanceof SSLException) return "TLS failed: " + cause.getMessage();
        return "the connection broke" + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
