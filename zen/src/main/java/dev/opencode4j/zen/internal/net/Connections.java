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
 * <p>Each request is sent once, whatever becomes of it. Redirects are not followed.
 */
public final class Connections implements AutoCloseable {

    private static final String CLOSED = "the agent is closed";

    private final URI address;
    private final ProxySelector proxies;
    private final Security security;
    private final Ticker ticker;
    private @Nullable Traffic traffic;
    private boolean closed;

    /** What there is once there was a request. */
    private record Traffic(Loop loop, IdleConnections idle) {}

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

    /**
     * Sends a request, and tells {@code exchange} what becomes of it. Looks up the host's address, which may block;
     * anything else does not.
     *
     * @param headers what is sent besides {@code Host}, {@code User-Agent} and {@code Content-Length}
     * @param connect how long it may take until the connection stands
     * @throws IOException if there is no such host, or these connections are closed
     */
    public Call post(Map<String, String> headers, byte[] body, Duration connect, Exchange exchange) throws IOException {
        Route route = Route.to(address, proxies);
        if (route.isSecure()) security.prepare();
        Traffic open = traffic();
        Call call = new Call(open.loop(), RequestBytes.post(route, headers, body), exchange);
        open.loop().execute(() -> send(call, route, connect, open));
        return call;
    }

    private synchronized Traffic traffic() throws IOException {
        if (closed) throw new IOException(CLOSED);
        Traffic known = traffic;
        if (known != null) return known;
        Loop loop = new Loop();
        Traffic started = new Traffic(loop, new IdleConnections(loop, ticker));
        traffic = started;
        return started;
    }

    private void send(Call call, Route route, Duration connect, Traffic open) {
        Connection idle = open.idle().take();
        if (idle != null) {
            idle.carry(call);
            return;
        }
        try {
            call.connectWithin(connect, ticker);
        } catch (RuntimeException closed) {
            call.broke(new IOException(CLOSED));
            return;
        }
        Opening.start(
                open.loop(),
                route,
                security,
                call,
                (key, pipe) -> new Connection(open.loop(), key, pipe, open.idle()::add).carry(call));
    }

    /** Closes what is idle; what is under way ends by itself or is cancelled, and its connection with it. */
    @Override
    public synchronized void close() {
        closed = true;
        Traffic known = traffic;
        if (known == null) return;
        known.loop().execute(known.idle()::close);
        known.loop().close();
    }

    /** The address. */
    @Override
    public String toString() {
        return "Connections[" + Objects.toString(address) + ']';
    }
}
