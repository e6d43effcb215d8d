package dev.opencode4j.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries bytes between clients and a server on loopback, and fails as a network does.
 *
 * <p>Without a fault it changes nothing. A fault holds from its call on, for all connections, until it is taken back;
 * {@link #loseNextPostAnswer()} holds for one request. It looks into nothing but the first line of what a client sends.
 *
 * <p>All methods may be called from any thread and return at once. Each connection takes two waiting daemon threads.
 */
public final class FaultyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final URI server;
    private final Weather weather = new Weather();
    private final Set<Tunnel> tunnels = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();
    private volatile boolean refusing;

    private FaultyProxy(ServerSocket listener, URI server) {
        this.listener = listener;
        this.server = server;
    }

    /** A proxy to the server at this address, on a free port of loopback. */
    public static FaultyProxy to(URI server) {
        try {
            FaultyProxy proxy = new FaultyProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), server);
            daemon("faulty-proxy", proxy::listen);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("No proxy can listen on loopback", e);
        }
    }

    /** Where clients find it: {@code http://127.0.0.1:PORT}. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Cuts all connections there are, with a reset; new ones are served. */
    public void cut() {
        tunnels.forEach(Tunnel::reset);
    }

    /** From now on holds back all bytes, in both directions and of all connections, without closing any. */
    public void stall() {
        weather.stall();
    }

    /** Lets go what was held back. */
    public void resume() {
        weather.resume();
    }

    /** From now on passes on what a server sends only after this time; zero for none. */
    public void delay(Duration pause) {
        weather.delay(pause);
    }

    /** From now on writes at most so many bytes at once. */
    public void split(int bytes) {
        if (bytes <= 0) throw new IllegalArgumentException("bytes: must be positive, was " + bytes);
        weather.split(bytes);
    }

    /** From now on writes as many bytes at once as came. */
    public void whole() {
        weather.split(Integer.MAX_VALUE);
    }

    /** From now on resets new connections as soon as they are made; those there are stay. */
    public void refuse() {
        refusing = true;
    }

    /** Takes new connections again. */
    public void accept() {
        refusing = false;
    }

    /** Brings the next POST to the server, and cuts the connection instead of bringing back the answer. */
    public void loseNextPostAnswer() {
        toLose.incrementAndGet();
    }

    /** How many answers have been lost by {@link #loseNextPostAnswer()}. */
    public int lostAnswers() {
        return lost.get();
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy can't be closed", e);
        } finally {
            weather.resume();
            cut();
        }
    }

    /** Shows both addresses. */
    @Override
    public String toString() {
        return "FaultyProxy[" + baseUri() + " to " + server + "]";
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) Tunnel.reset(client);
                else daemon("faulty-proxy-connection", () -> connect(client));
            } catch (IOException e) {
                if (!listener.isClosed()) throw new UncheckedIOException("The proxy can't accept", e);
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket upstream = new Socket();
            upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            Tunnel tunnel = new Tunnel(client, upstream, weather, this::losesAnswerOf);
            tunnels.add(tunnel);
            if (listener.isClosed()) tunnel.reset();
            daemon("faulty-proxy-answers", tunnel::carryAnswers);
            tunnel.carryRequests();
            tunnels.remove(tunnel);
        } catch (IOException serverIsAway) {
            Tunnel.reset(client);
        }
    }

    private boolean losesAnswerOf(byte[] bytes, int count) {
        boolean isPost = count > 4 && bytes[0] == 'P' && bytes[1] == 'O' && bytes[2] == 'S' && bytes[3] == 'T';
        if (!isPost || toLose.getAndUpdate(left -> Math.max(0, left - 1)) == 0) return false;
        lost.incrementAndGet();
        return true;
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
