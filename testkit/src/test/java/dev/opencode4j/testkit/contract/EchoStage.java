package dev.opencode4j.testkit.contract;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.part.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The echo's voice, staged: no socket, no model, a few latches. */
final class EchoStage implements StagedModel, EchoAgent.Voice {

    private interface Act {
        void play(Consumer<String> piece) throws InterruptedException;
    }

    private final Map<String, Act> acts = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, Integer> held = new ConcurrentHashMap<>();
    private final List<List<String>> heard = new CopyOnWriteArrayList<>();
    private final List<String> answering = new CopyOnWriteArrayList<>();
    private final AtomicInteger cues = new AtomicInteger();

    @Override
    public void answer(List<String> conversation, Consumer<String> piece) throws InterruptedException {
        String prompt = promptOf(conversation);
        heard.add(List.copyOf(conversation));
        answering.add(prompt);
        try {
            Act act = acts.entrySet().stream()
                    .filter(entry -> prompt.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(said -> said.accept(prompt));
            act.play(piece);
        } finally {
            answering.remove(prompt);
        }
    }

    private static String promptOf(List<String> conversation) {
        return conversation.get(conversation.size() - 1);
    }

    private String on(Act act) {
        String cue = newCue();
        acts.put(cue, act);
        return cue;
    }

    private String newCue() {
        return "#cue" + cues.incrementAndGet() + '#';
    }

    @Override
    public String says(String... pieces) {
        return on(said -> List.of(pieces).forEach(said));
    }

    @Override
    public String holds(String before, String after) {
        String cue = newCue();
        CountDownLatch gate = new CountDownLatch(1);
        gates.put(cue, gate);
        acts.put(cue, said -> {
            if (!before.isEmpty()) said.accept(before);
            held.merge(cue, 1, Integer::sum);
            gate.await();
            said.accept(after);
        });
        return cue;
    }

    @Override
    public String refuses(int status, int times, String text) {
        AtomicInteger asked = new AtomicInteger();
        return on(said -> {
            if (asked.getAndIncrement() < times) throw failure(status, "scripted " + status);
            said.accept(text);
        });
    }

    private static AgentException failure(int status, String words) {
        return switch (status) {
            case 401 -> new AuthenticationException(words, null, null);
            case 402 -> new BillingException(words, null, null);
            case 429 -> new RateLimitException(words, null, Instant.now());
            case 400 -> new BadRequestException(words, null, null);
            default -> ServerException.fatal(words, null);
        };
    }

    @Override
    public String overflows(String text) {
        return on(said -> {
            throw new OutputLimitException("too long", null);
        });
    }

    @Override
    public String callsTool(String output, String text) {
        throw new UnsupportedOperationException("an echo has no tools");
    }

    @Override
    public String hangsInTool() {
        throw new UnsupportedOperationException("an echo has no tools");
    }

    @Override
    public String asks(String question, String first, String second, String text) {
        throw new UnsupportedOperationException("an echo asks nothing");
    }

    @Override
    public String structures(Json value) {
        throw new UnsupportedOperationException("an echo has no schema");
    }

    @Override
    public void release(String cue) {
        gate(cue).countDown();
    }

    private CountDownLatch gate(String cue) {
        CountDownLatch gate = gates.get(cue);
        if (gate == null) throw new IllegalArgumentException("nothing holds on " + cue);
        return gate;
    }

    @Override
    public void awaitRun(String cue, Duration atMost) {
        await("a prompt with " + cue, atMost, () -> timesRun(cue) > 0);
    }

    @Override
    public void awaitHeld(String cue, Duration atMost) {
        await("an answer held on " + cue, atMost, () -> held.containsKey(cue));
    }

    @Override
    public void awaitAbandoned(String cue, Duration atMost) {
        await("the end of " + cue, atMost, () -> answering.stream().noneMatch(prompt -> prompt.contains(cue)));
    }

    private static void await(String what, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("not within " + atMost + ": " + what);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    @Override
    public int timesRun(String cue) {
        return (int) heard.stream()
                .filter(conversation -> promptOf(conversation).contains(cue))
                .count();
    }

    @Override
    public boolean received(String prompt) {
        return heard.stream().anyMatch(conversation -> promptOf(conversation).equals(prompt));
    }

    @Override
    public boolean wasShown(String cue, String words) {
        return heard.stream()
                .filter(conversation -> promptOf(conversation).contains(cue))
                .anyMatch(conversation -> conversation.toString().contains(words));
    }
}
