package dev.opencode4j.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on.
 *
 * <p>They are taken from below the range that systems give to outgoing connections: a server that is restarted must
 * not find that one of its own clients got its port meanwhile.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    /** One of them; somebody else may be faster to take it. */
    public static int find() {
        for (int tried = 0; tried < TRIES; tried++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // Taken; try another one.
            }
        }
        throw new IllegalStateException("No free port found in " + TRIES + " tries");
    }
}
