package dev.opencode4j.core.spi;

import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.core.interaction.QuestionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The permissions and questions that one turn waits for, in the order in which they were asked.
 *
 * <p>A turn is not idle while one of them is pending. Whoever answers, and wherever, the registry hears of it by an
 * event; after a gap in the events {@link #retainOnly} finds what was answered unheard. Not thread-safe: it belongs to
 * one turn.
 */
public final class PendingRequests {

    private final LongSupplier nanoClock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(2);

    /**
     * A request that is pending no more, though nobody said so.
     *
     * @param requestId the request
     * @param permission what was asked, if it was a permission
     * @param question what was asked, if it was a question
     * @param waited how long it was pending
     */
    public record Vanished(
            String requestId,
            Optional<PermissionRequest> permission,
            Optional<QuestionRequest> question,
            Duration waited) {}

    private record Entry(
            @Nullable PermissionRequest permission,
            @Nullable QuestionRequest question,
            @Nullable String callId,
            long askedAt) {}

    /** An empty registry that measures by {@code nanoClock}, such as {@code System::nanoTime}. */
    public PendingRequests(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Keeps a permission request; false if it is known: it has waited since it was first heard of. */
    public boolean asked(PermissionRequest request) {
        return add(request.id(), new Entry(request, null, request.callId(), nanoClock.getAsLong()));
    }

    /** Keeps a question; false if it is known: it has waited since it was first heard of. */
    public boolean asked(QuestionRequest request) {
        return add(request.id(), new Entry(null, request, request.callId(), nanoClock.getAsLong()));
    }

    private boolean add(String id, Entry entry) {
        return entries.putIfAbsent(id, entry) == null;
    }

    /** Forgets a request, and tells how long it was pending; zero if it was not. */
    public Duration resolved(String requestId) {
        Entry entry = entries.remove(requestId);
        return entry == null ? Duration.ZERO : waited(entry);
    }

    /** Whether nothing is pending. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The permissions that are pending. */
    public List<PermissionRequest> permissions() {
        return entries.values().stream()
                .flatMap(entry -> Optional.ofNullable(entry.permission()).stream())
                .toList();
    }

    /** The questions that are pending. */
    public List<QuestionRequest> questions() {
        return entries.values().stream()
                .flatMap(entry -> Optional.ofNullable(entry.question()).stream())
                .toList();
    }

    /** The id of the latest request that this tool call waits for; empty if it waits for none. */
    public Optional<String> findByCall(String callId) {
        return entries.entrySet().stream()
                .filter(entry -> callId.equals(entry.getValue().callId()))
                .map(Map.Entry::getKey)
                .reduce((earlier, later) -> later);
    }

    /**
     * Forgets every request that is not among {@code idsStillPending}, and tells which those were. The ids are those
     * that the server lists now, and any that was asked after it made the list.
     */
    public List<Vanished> retainOnly(Set<String> idsStillPending) {
        List<Vanished> vanished = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (!idsStillPending.contains(id)) {
                vanished.add(new Vanished(
                        id,
                        Optional.ofNullable(entry.permission()),
                        Optional.ofNullable(entry.question()),
                        waited(entry)));
            }
        });
        vanished.forEach(gone -> resolved(gone.requestId()));
        return vanished;
    }

    private Duration waited(Entry entry) {
        return Duration.ofNanos(Math.max(0, nanoClock.getAsLong() - entry.askedAt()));
    }
}
