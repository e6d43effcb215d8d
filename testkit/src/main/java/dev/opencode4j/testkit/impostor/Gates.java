package dev.opencode4j.testkit.impostor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The places where turns wait until the test says so. A gate once opened stays open. */
final class Gates {

    private final Set<String> open = new HashSet<>();
    private final Map<String, List<Runnable>> waiting = new HashMap<>();

    void pass(String gate, Runnable onward) {
        if (open.contains(gate)) {
            onward.run();
        } else {
            waiting.computeIfAbsent(gate, name -> new ArrayList<>()).add(onward);
        }
    }

    void open(String gate) {
        open.add(gate);
        List<Runnable> released = waiting.remove(gate);
        if (released != null) {
            released.forEach(Runnable::run);
        }
    }

    int waitingAt(String gate) {
        return waiting.getOrDefault(gate, List.of()).size();
    }
}
