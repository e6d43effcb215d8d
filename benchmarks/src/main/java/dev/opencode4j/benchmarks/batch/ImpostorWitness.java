package dev.opencode4j.benchmarks.batch;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import dev.opencode4j.testkit.impostor.ReceivedPrompt;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The impostor, by way of the server agent: what our own side costs. */
final class ImpostorWitness implements Witness {

    private final Impostor impostor = Impostor.start();
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final AtomicInteger received = new AtomicInteger();

    ImpostorWitness() {
        impostor.otherwise(this::answer);
    }

    private Answer answer(ReceivedPrompt prompt) {
        times.computeIfAbsent(prompt.text(), text -> new AtomicInteger()).incrementAndGet();
        received.incrementAndGet();
        return Answer.text("echo " + prompt.text());
    }

    @Override
    public List<String> arguments() {
        return List.of("--via", "server");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("OPENCODE_BASE_URL", impostor.url().toString());
    }

    @Override
    public int received() {
        return received.get();
    }

    @Override
    public int times(String prompt) {
        AtomicInteger count = times.get(prompt);
        return count == null ? 0 : count.get();
    }

    @Override
    public void close() {
        impostor.close();
    }
}
