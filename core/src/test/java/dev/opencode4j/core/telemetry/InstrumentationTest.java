package dev.opencode4j.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstrumentationTest { // 15

    private static final Map<String, Object> PAYLOAD = Map.of("method", "GET", "path", "/session");

    private final List<String> seen = new ArrayList<>();
    private final Instrumentation watcher = (name, payload) -> {
        seen.add("started " + name + ' ' + payload.get("path"));
        return error -> seen.add("ended " + (error == null ? "well" : error.getMessage()));
    };

    @Test
    void aWatcherIsToldOfTheBeginningAndOfTheEnd() {
        Instrumentation.Observation request = watcher.isolated().started("opencode.request", PAYLOAD);
        assertThat(seen).containsExactly("started opencode.request /session");
        request.ended(new IllegalStateException("boom"));
        assertThat(seen).containsExactly("started opencode.request /session", "ended boom");
    }

    @Test
    void whatHasNoDurationBeginsAndEndsAtOnce() {
        watcher.isolated().notify("opencode.request", PAYLOAD);
        assertThat(seen).containsExactly("started opencode.request /session", "ended well");
    }

    @Test
    void aWatcherThatFailsBreaksNothing() { // BETTER: adapter failures must not break requests
        Instrumentation failing = (name, payload) -> {
            throw new IllegalStateException("boom");
        };
        Instrumentation failingLater = (name, payload) -> error -> {
            throw new IllegalStateException("boom");
        };
        for (Instrumentation each : List.of(failing, failingLater)) {
            assertThatCode(() ->
                            each.isolated().started("opencode.request", PAYLOAD).ended(null))
                    .doesNotThrowAnyException();
            assertThatCode(() -> each.isolated().notify("opencode.request", PAYLOAD))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // Watchers that no checker watches return null.
    void aWatcherThatReturnsNothingBreaksNothing() {
        Instrumentation careless = (name, payload) -> null;
        assertThatCode(() ->
                        careless.isolated().started("opencode.request", PAYLOAD).ended(null))
                .doesNotThrowAnyException();
    }

    @Test
    void isolationIsNotDoubled() {
        Instrumentation isolated = watcher.isolated();
        assertThat(isolated.isolated()).isSameAs(isolated);
        assertThatCode(() -> Instrumentation.none().notify("opencode.request", PAYLOAD))
                .doesNotThrowAnyException();
    }

    @Test
    void aTracerPutsItsPrefixAndADotBeforeTheName() {
        Tracer.prefixed("shop.turn", (name, payload) -> seen.add(name)).trace("stream.completed", Map.of());
        assertThat(seen).containsExactly("shop.turn.stream.completed");
    }
}
