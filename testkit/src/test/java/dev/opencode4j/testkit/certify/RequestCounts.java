package dev.opencode4j.testkit.certify;

import dev.opencode4j.core.telemetry.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which requests a client has made: {@code GET /global/event}. */
final class RequestCounts implements Instrumentation {

    private final List<String> requests = new CopyOnWriteArrayList<>();

    @Override
    public Observation started(String name, Map<String, Object> payload) {
        requests.add(payload.get("method") + " " + payload.get("path"));
        return error -> {};
    }

    long of(String request) {
        return requests.stream().filter(request::equals).count();
    }
}
