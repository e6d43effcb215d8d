package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.BatchFailure;
import dev.opencode4j.batch.BatchPrompt;
import dev.opencode4j.batch.BatchResult;
import dev.opencode4j.batch.internal.file.Past;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.reply.Attempt;
import dev.opencode4j.core.reply.TurnResult;
import dev.opencode4j.core.reply.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prompt on its way to a result. In one thread's hands at a time. */
final class Item {

    private final BatchPrompt prompt;
    private final String provider;
    private final List<Attempt> attempts;
    private final Past.@Nullable Interruption interruption;
    private Past.@Nullable InFlight inFlight;
    private int failures;
    private boolean rerun;

    Item(BatchPrompt prompt, String provider, Past past) {
        this.prompt = prompt;
        this.provider = provider;
        this.attempts = new ArrayList<>(past.attempts());
        this.interruption = past.interruption();
        this.rerun = interruption != null;
        this.inFlight = past.inFlight();
    }

    BatchPrompt prompt() {
        return prompt;
    }

    String id() {
        return prompt.id();
    }

    String provider() {
        return provider;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** The tools that the last attempt had used when its run was interrupted. */
    List<String> toolsBeforeInterruption() {
        return interruption == null ? List.of() : interruption.tools();
    }

    /** The attempt that may be under way and is to be joined or given up, or null. */
    Past.@Nullable InFlight inFlight() {
        return inFlight;
    }

    void inFlight(Past.InFlight attempt) {
        inFlight = attempt;
    }

    void landed() {
        inFlight = null;
    }

    /** The attempt under way is beyond reach; another one may say the same to the agent again. */
    void lost(Past.InFlight attempt) {
        inFlight = null;
        rerun = true;
        attempts.add(new Attempt(
                attempt.startedAt(), Duration.ZERO, Usage.NONE, BigDecimal.ZERO, "lost with the run before"));
    }

    /** Counts a failure and returns how many there have been. */
    int failed() {
        return ++failures;
    }

    /** Keeps the attempts of a turn. */
    void keep(@Nullable TurnResult received, Instant startedAt, Throwable error) {
        if (received != null && !received.attempts().isEmpty()) {
            attempts.addAll(received.attempts());
            return;
        }
        Duration length = Duration.between(startedAt, Instant.now());
        attempts.add(new Attempt(
                startedAt, length.isNegative() ? Duration.ZERO : length, Usage.NONE, BigDecimal.ZERO, reason(error)));
    }

    private static String reason(Throwable error) {
        return BatchFailure.of(error).message();
    }

    BatchResult completed(TurnResult result) {
        attempts.addAll(result.attempts());
        return new BatchResult(
                id(), result.text(), result.structured(), attempts, orNull(result.sessionId()), rerun, null);
    }

    BatchResult failed(BatchFailure error, @Nullable TurnResult received, @Nullable String sessionId) {
        String text = received == null ? "" : received.text();
        Json structured = received == null ? null : received.structured();
        String told = received == null || received.sessionId().isEmpty() ? sessionId : received.sessionId();
        return new BatchResult(id(), text, structured, attempts, orNull(told), rerun, error);
    }

    private static @Nullable String orNull(@Nullable String sessionId) {
        return sessionId == null || sessionId.isEmpty() ? null : sessionId;
    }
}
