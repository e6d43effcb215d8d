package dev.opencode4j.testkit.server;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.server.ClientBuilder;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An impostor and a client of it, both quick to notice what goes wrong. */
final class Stage implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);

    /** Well before any of the limits; how fast exactly is proved with a clock that stands still, not on busy cores. */
    static final Duration FAST = Duration.ofSeconds(8);

    static final Timeouts LIMITS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(30));

    final Impostor impostor;
    final OpenCodeClient client;

    Stage(Impostor impostor, OpenCodeClient client) {
        this.impostor = impostor;
        this.client = client;
    }

    static Stage open() {
        return open(Impostor.start());
    }

    static Stage open(Impostor impostor) {
        return open(impostor, builder -> {});
    }

    static Stage open(Impostor impostor, Consumer<ClientBuilder> adjust) {
        ClientBuilder builder = builder(impostor);
        adjust.accept(builder);
        return new Stage(impostor, builder.build());
    }

    static ClientBuilder builder(Impostor impostor) {
        ClientBuilder builder =
                OpenCodeClient.builder().baseUrl(impostor.url().toString()).password(null);
        builder.requestTimeout(Duration.ofSeconds(5));
        streams(builder, Duration.ofSeconds(5), Duration.ofSeconds(30));
        return builder;
    }

    /** By reflection: that a stream can be kept otherwise than by default is nothing for programs. */
    static void streams(ClientBuilder builder, Duration silence, Duration linger) {
        try {
            Class<?> type = Class.forName("dev.opencode4j.server.internal.stream.StreamSettings");
            Constructor<?> constructor = type.getConstructors()[0];
            // Patient: a stream that slow cores open late must not be given up and opened again, for tests count them.
            Object settings = constructor.newInstance(
                    Duration.ofSeconds(10), silence, linger, Duration.ofMillis(5), Duration.ofMillis(100), true);
            Method method = ClientBuilder.class.getDeclaredMethod("streams", type);
            method.setAccessible(true);
            method.invoke(builder, settings);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the client's stream settings have changed", e);
        }
    }

    static SessionOptions options() {
        return SessionOptions.builder().timeouts(LIMITS).build();
    }

    /** A turn in a session of its own. */
    Played play(String prompt) {
        return play(impostor.openSession(prompt), prompt);
    }

    Played play(String session, String prompt) {
        return play(start(session, prompt));
    }

    Played play(Answer answer, String prompt) {
        impostor.nextTurn(answer);
        return play(prompt);
    }

    Turn start(String session, String prompt) {
        return client.start(session, Prompt.of(prompt), options());
    }

    Turn start(String prompt) {
        return start(impostor.openSession(prompt), prompt);
    }

    static Played play(Turn turn) {
        return play(turn, event -> {});
    }

    /** Reads a turn to its end. */
    static Played play(Turn turn, Consumer<? super AgentEvent> listener) {
        long start = System.nanoTime();
        List<AgentEvent> events = new ArrayList<>();
        for (AgentEvent event : turn) {
            events.add(event);
            listener.accept(event);
        }
        return new Played(events, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Opens the shared stream by a turn of no interest, so that faults meet a stream that is up. */
    Stage warm() {
        play("warm up").completed();
        impostor.awaitStreams(1, SOON);
        return this;
    }

    @Override
    public void close() {
        client.close();
        impostor.close();
    }
}
