package dev.opencode4j.zen;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** A selector that does what a test says. */
public final class TestProxySelector extends ProxySelector {

    private final Function<URI, List<Proxy>> choice;

    /** Selects by {@code choice}. */
    public TestProxySelector(Function<URI, List<Proxy>> choice) {
        this.choice = choice;
    }

    @Override
    public List<Proxy> select(URI uri) {
        return choice.apply(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {}

    @Override
    public String toString() {
        return "a selector";
    }
}
