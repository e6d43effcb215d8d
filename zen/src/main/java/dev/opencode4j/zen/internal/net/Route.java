package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The way to a host: straight, or through a proxy.
 *
 * @param target who is asked
 * @param isSecure whether over TLS
 * @param first where to connect to: the host or the proxy, with its address
 * @param isProxied whether that is a proxy
 */
record Route(URI target, boolean isSecure, InetSocketAddress first, boolean isProxied) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Finds the way and looks up the address, which blocks.
     *
     * @param proxies who says whether there is a proxy; only those that speak HTTP are used
     * @throws UnknownHostException if there is no such host or proxy
     */
    static Route to(URI target, ProxySelector proxies) throws IOException {
        boolean secure = target.getScheme().toLowerCase(Locale.ROOT).equals("https");
        for (Proxy proxy : proxies.select(target)) {
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
                return new Route(target, secure, resolved(at.getHostString(), at.getPort()), true);
            }
        }
        return new Route(target, secure, resolved(host(target), port(target, secure)), false);
    }

    private static InetSocketAddress resolved(String host, int port) throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) throw new UnknownHostException(host);
        return address;
    }

    private static int port(URI target, boolean secure) {
        if (target.getPort() >= 0) return target.getPort();
        return secure ? HTTPS_PORT : HTTP_PORT;
    }

    /** Whether the proxy has to be asked for a tunnel first. */
    boolean isTunnelled() {
        return isProxied && isSecure;
    }

    /** The host's name, an address of IPv6 without its brackets. */
    String host() {
        return host(target);
    }

    private static String host(URI target) {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return port(target, isSecure);
    }

    /** How a request names what it wants: a proxy that reads along needs the whole address. */
    String requestTarget() {
        if (isProxied && !isSecure) return target.toString();
        return target.getRawPath();
    }

    /** What the {@code Host} header says. */
    String authority() {
        return target.getPort() < 0 ? target.getHost() : target.getHost() + ':' + target.getPort();
    }

    /** How a tunnel names its end. */
    String tunnelEnd() {
        return target.getHost() + ':' + port();
    }
}
