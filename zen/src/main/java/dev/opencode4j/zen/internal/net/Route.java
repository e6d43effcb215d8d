package dev.opencode4j.zen.internal.net;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;

/**
 * The way to a host: straight, or through a proxy.
 *
 * @param target who is asked
 * @param isSecure whether over TLS
 * @param hop where to connect to: the host or the proxy
 */
record Route(URI target, boolean isSecure, Hop hop) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Finds the way. Looks up no address, but runs the selector.
     *
     * @param proxies who says whether there is a proxy
     * @throws ProxyException if a proxy has to be used that can't be
     */
    static Route to(URI target, ProxySelector proxies) throws ProxyException {
        boolean secure = target.getScheme().toLowerCase(Locale.ROOT).equals("https");
        Proxy proxy = ProxyChoice.of(target, proxies);
        boolean isDirect = proxy.type() == Proxy.Type.DIRECT;
        return new Route(target, secure, isDirect ? new Hop(host(target), port(target, secure), false) : hop(proxy));
    }

    private static Hop hop(Proxy proxy) {
        InetSocketAddress address = (InetSocketAddress) proxy.address(); // Proxy takes no other.
        return new Hop(address.getHostString(), address.getPort(), true);
    }

    private static int port(URI target, boolean secure) {
        if (target.getPort() >= 0) return target.getPort();
        return secure ? HTTPS_PORT : HTTP_PORT;
    }

    /** Whether the proxy has to be asked for a tunnel first. */
    boolean isTunnelled() {
        return hop.isProxy() && isSecure;
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
        if (hop.isProxy() && !isSecure) return target.toString();
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
