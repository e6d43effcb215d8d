package dev.opencode4j.zen.internal.net;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;

/** Which proxy a request goes through: what the selector names first is used or refused, never passed by. */
public final class ProxyChoice {

    private ProxyChoice() {}

    /**
     * The proxy for {@code target}, of type {@code HTTP} or {@code DIRECT}. Runs the selector, and looks up no address.
     *
     * @throws ProxyException if it is of another type, or the selector says nothing
     */
    public static Proxy of(URI target, ProxySelector proxies) throws ProxyException {
        Proxy proxy = first(target, proxies);
        if (proxy.type() != Proxy.Type.SOCKS) return proxy;
        throw new ProxyException(
                ProxyException.Reason.UNSUPPORTED, "only proxies that speak HTTP can be used, not " + proxy);
    }

    private static Proxy first(URI target, ProxySelector proxies) throws ProxyException {
        List<Proxy> listed;
        try {
            listed = proxies.select(target);
        } catch (RuntimeException e) {
            throw new ProxyException(ProxyException.Reason.REFUSED, "the proxy selector failed: " + e, e);
        }
        if (listed == null || listed.isEmpty()) {
            throw new ProxyException(
                    ProxyException.Reason.REFUSED, "the proxy selector names no way, not even the direct one");
        }
        return listed.get(0);
    }
}
