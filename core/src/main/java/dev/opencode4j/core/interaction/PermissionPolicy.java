package dev.opencode4j.core.interaction;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who answers when an agent asks for permission. Part of opening a session, so that no turn waits for an answer that
 * nobody was asked for. Sub-agents' requests are the turn's and come here too.
 *
 * <p>{@link #answer} must not block: it runs on the thread that serves the turn. {@link #asking} is for those who do.
 * A policy that throws, or whose stage fails, rejects.
 */
@FunctionalInterface
public interface PermissionPolicy {

    /** The answer, now or later. A stage that never completes leaves the request to the turn's consumer. */
    CompletionStage<PermissionReply> answer(PermissionRequest request);

    /**
     * The one answer that this policy gives to everything, if it is known before anything is asked. Agents that can't
     * ask take no other policy.
     */
    default Optional<PermissionReply> standing() {
        return Optional.empty();
    }

    /** Rejects everything at once. The default. */
    static PermissionPolicy reject() {
        return fixed(PermissionReply.REJECT);
    }

    /** Allows everything, each time anew. */
    static PermissionPolicy once() {
        return fixed(PermissionReply.ONCE);
    }

    /** Allows everything, and what is like it from then on. */
    static PermissionPolicy always() {
        return fixed(PermissionReply.ALWAYS);
    }

    /** Leaves the answer to whoever reads the turn's events: see {@code Turn.reply}. */
    static PermissionPolicy askConsumer() {
        return request -> new CompletableFuture<>();
    }

    /** Asks {@code question}, which may block (a person, another service), on a thread of its own. */
    static PermissionPolicy asking(Function<PermissionRequest, PermissionReply> question) {
        return request -> OwnThread.call("opencode4j-permission", () -> question.apply(request));
    }

    /**
     * Allows what {@code matcher} matches, each time anew, and rejects everything else; it must not block. For commands
     * use a {@link CommandMatcher}, which looks at the whole command: the {@linkplain PermissionRequest#patterns()
     * patterns} are only its parts.
     */
    static PermissionPolicy allowing(Predicate<? super PermissionRequest> matcher) {
        Objects.requireNonNull(matcher, "matcher");
        return request -> CompletableFuture.completedFuture(
                matcher.test(request) ? PermissionReply.ONCE : PermissionReply.REJECT);
    }

    private static PermissionPolicy fixed(PermissionReply reply) {
        return new StandingPermission(reply);
    }
}
