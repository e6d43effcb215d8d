package dev.opencode4j.core.reply;

import dev.opencode4j.core.part.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a turn. When the turn failed or was interrupted, this is what had been received until then.
 *
 * @param sessionId the session
 * @param messageId the id of the prompt's message: it identifies the turn, now and after a crash
 * @param reply the reply
 * @param attempts every run of the prompt with its cost, the last one being the one that counts
 * @param rejections what the turn asked for and did not get
 */
public record TurnResult(
        String sessionId, String messageId, Reply reply, List<Attempt> attempts, Rejections rejections) {

    /** Keeps a copy of the list. */
    public TurnResult {
        attempts = List.copyOf(attempts);
    }

    /** The result of a turn in which nothing was rejected. */
    public TurnResult(String sessionId, String messageId, Reply reply, List<Attempt> attempts) {
        this(sessionId, messageId, reply, attempts, Rejections.NONE);
    }

    /** The reply's text. */
    public String text() {
        return reply.text();
    }

    /** The tokens of all attempts together. */
    public Usage usage() {
        return attempts.stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus);
    }

    /** The cost of all attempts together. */
    public BigDecimal cost() {
        return attempts.stream().map(Attempt::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The value that was asked for with a JSON schema, or null. */
    public @Nullable Json structured() {
        return reply.structured();
    }
}
