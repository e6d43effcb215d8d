package dev.opencode4j.testkit.model;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The named places where answers wait for the test. A gate that was opened once stays open. */
final class Gates {

    private final Watched watched = new Watched();
    private final Set<String> open = new HashSet<>();
    private final Map<String, List<Connection>> held = new HashMap<>();

    /**
     * Waits at a gate.
     *
     * @throws IOException if the client hung up before the gate was opened
     */
    void hold(String name, Connection connection) throws IOException {
        watched.change(() -> {
            if (!open.contains(name)) {
                held.computeIfAbsent(name, any -> new ArrayList<>()).add(connection);
            }
        });
        if (isOpen(name)) {
            return;
        }
        connection.awaitHangUpOrWake();
        if (!isOpen(name)) {
            watched.change(() -> held.getOrDefault(name, new ArrayList<>()).remove(connection));
            throw new IOException("The client hung up while it was held at " + name);
        }
    }

    void release(String name) {
        watched.change(() -> {
            open.add(name);
            List<Connection> waiting = held.remove(name);
            if (waiting != null) {
                waiting.forEach(Connection::wake);
            }
        });
    }

    void awaitHeld(String name, Duration atMost) {
        watched.await(
                () -> held.containsKey(name) && !held.get(name).isEmpty(),
                atMost,
                () -> "an answer held at '" + name + "', held are " + held.keySet());
    }

    private boolean isOpen(String name) {
        return watched.read(() -> open.contains(name));
    }
}
