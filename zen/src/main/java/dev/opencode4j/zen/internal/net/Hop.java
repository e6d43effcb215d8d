package dev.opencode4j.zen.internal.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Where a connection leads, by name: to the host itself or to a proxy. A request may use a connection only if that leads
 * to an equal hop.
 *
 * @param host a name or an address, one of IPv6 without its brackets
 * @param port its port
 * @param isProxy whether that is a proxy
 */
record Hop(String host, int port, boolean isProxy) {

    /**
     * All addresses, in the resolver's order. Blocks while they are looked up.
     *
     * @throws UnknownHostException if there is no such host
     */
    List<InetSocketAddress> addresses() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }
}
