package dev.opencode4j.testkit.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What the model was asked. Prompts are kept for good, whole requests up to a bound: each holds all tools' schemas. */
final class RequestLog {

    static final int KEPT = 500;

    private final Watched watched = new Watched();
    private final Deque<ModelRequest> latest = new ArrayDeque<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<String> abandoned = new ArrayList<>();
    private int calls;

    void record(ModelRequest request) {
        boolean title = request.isTitle();
        boolean firstStep = request.isFirstStep();
        String prompt = request.prompt();
        watched.change(() -> {
            latest.addLast(request);
            if (latest.size() > KEPT) {
                latest.removeFirst();
            }
            if (!title) {
                calls++;
            }
            if (firstStep) {
                prompts.add(prompt);
            }
        });
    }

    void recordAbandoned(ModelRequest request) {
        watched.change(() -> abandoned.add(request.prompt()));
    }

    List<ModelRequest> latest() {
        return watched.read(() -> List.copyOf(latest));
    }

    int timesRun(String marker) {
        return watched.read(() -> count(prompts, marker));
    }

    int timesAbandoned(String marker) {
        return watched.read(() -> count(abandoned, marker));
    }

    void awaitCalls(int atLeast, Duration atMost) {
        watched.await(
                () -> calls >= atLeast, atMost, () -> atLeast + " model calls, there were " + calls + ": " + prompts);
    }

    void awaitRun(String marker, Duration atMost) {
        watched.await(
                () -> count(prompts, marker) > 0,
                atMost,
                () -> "a prompt with '" + marker + "', there were " + prompts);
    }

    void awaitAbandoned(String marker, Duration atMost) {
        watched.await(
                () -> count(abandoned, marker) > 0,
                atMost,
                () -> "the client hanging up on '" + marker + "', it did on " + abandoned);
    }

    private static int count(List<String> prompts, String marker) {
        return (int) prompts.stream().filter(prompt -> prompt.contains(marker)).count();
    }
}
