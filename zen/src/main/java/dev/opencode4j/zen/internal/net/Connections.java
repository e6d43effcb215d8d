package dev.opencode4j.zen.internal.net;

import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one address, as many as there are requests at once. Thread-safe.
 *
 * <p>Each request is sent once, but for one that was sent over a connection which had carried others and now ended without
 * a byte of an answer: that one is sent once more, at once, over a new connection. Redirects are not followed.
 */
public final class Connections implements RequestSender {

    private final URI address;
    private final ProxySelector proxies;
    private final Security security;
    private final Ticker ticker;
    private @Nullable Traffic traffic;
    private boolean closed;

    /** What there is once there was a request. */
    private record Traffic(Loop loop, ConnectionPool pool) {}

    /**
     * Connections to {@code address}; none is made before it is needed.
     *
     * @param proxies says whether there is a proxy before it
     */
    public Connections(URI address, ProxySelector proxies, Security security, Ticker ticker) {
        this.address = address;
        this.proxies = proxies;
        this.security = security;
        this.ticker = ticker;
    }

    @Override
    public Call post(Map<String, String> headers, byte[] body, Duration connect, Exchange exchange) throws IOException {
        Route route = Route.to(address, proxies);
        var destination = new ActiveRequest.Destination(route, route.hop().addresses(), connect);
        if (route.isSecure()) security.prepare();
        Traffic open = traffic();
        byte[] bytes = RequestBytes.post(route, headers, body);
        ActiveRequest request = new ActiveRequest(open.loop(), destination, bytes, exchange);
        boolean isOpen =
                open.loop().execute(() -> request.attempt(() -> open.pool().send(request)));
        if (!isOpen) throw new SenderClosedException();
        return request;
    }

    private synchronized Traffic traffic() throws IOException {
        if (closed) throw new SenderClosedException();
        Traffic known = traffic;
        if (known != null) return known;
        Loop loop = new Loop();
        Traffic started = new Traffic(loop, new ConnectionPool(loop, security, ticker));
        traffic = started;
        return started;
    }

    /** Closes what is idle; what is under way ends by itself or is cancelled, and its connection with it. */
    @Override
    public synchronized void close() {
        closed = true;
        Traffic known = traffic;
        if (known == null) return;
        known.loop().execute(known.pool()::close);
        known.loop().close();
    }

    /** The address. */
    @Override
    public String toString() {
        return "Connections[" + Objects.toString(address) + ']';
    }
}
