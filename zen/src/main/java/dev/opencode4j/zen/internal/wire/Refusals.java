package dev.opencode4j.zen.internal.wire;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.spi.RetryAfter;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of our errors a refusal is. The status comes first, then exact codes, then whole words: a 5xx that speaks of
 * billing is still the server's fault. Billing comes before the rate limit, for nobody should wait for money.
 */
public final class Refusals {

    /** What a 407 means, whoever sent the request. */
    public static final String PROXY_WANTS_PASSWORD = "the proxy wants a user and a password (407): give"
            + " Zen.builder().httpClient(...) a client with an Authenticator";

    private static final Set<String> BILLING_CODES = Set.of("insufficient_quota", "billing_hard_limit_reached");
    private static final Set<String> CONTEXT_CODES = Set.of("context_length_exceeded", "string_above_max_length");

    private static final Pattern BILLING = words("insufficient_quota|exceeded your current quota|billing"
            + "|payment required|not enough credits|insufficient credits");
    private static final Pattern CONTEXT = words("context length|context_length_exceeded|maximum context"
            + "|prompt is too long|too many tokens|reduce the length|maximum prompt");

    private Refusals() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?<!\\w)(?:" + alternatives + ")(?!\\w)", Pattern.CASE_INSENSITIVE);
    }

    /** An answer with a status that is no success; {@code where} holds the status. */
    public static AgentException answered(Complaint complaint, Where where, String retryAfter) {
        int status = where.status();
        if (status == 503) {
            return ServerException.retryable(complaint.message(), where)
                    .comeBackAt(RetryAfter.find(retryAfter).orElse(null));
        }
        if (status >= 500) return ServerException.retryable(complaint.message(), where);
        if (status < 400) {
            return new ProtocolException("redirected, and redirects are not followed", where, complaint.words(), null);
        }
        AgentException refused = clientError(complaint, where, status, retryAfter);
        return refused != null ? refused : new BadRequestException(complaint.message(), where, null);
    }

    /** An error in the middle of an answer; the model has begun, so that none of these is worth a blind repetition. */
    public static AgentException inStream(Complaint complaint, Where where) {
        int status = complaint.status();
        AgentException refused = status >= 500 ? null : clientError(complaint, where, status, "");
        return refused != null ? refused : ServerException.fatal(complaint.message(), where);
    }

    private static @Nullable AgentException clientError(
            Complaint complaint, Where where, int status, String retryAfter) {
        String message = complaint.message();
        String code = complaint.code();
        if (status == 407) return new AuthenticationException(PROXY_WANTS_PASSWORD, where, null);
        if (status == 402
                || BILLING_CODES.contains(code)
                || BILLING.matcher(complaint.words()).find()) {
            return new BillingException(message, where, null);
        }
        if (status == 429 || (status == 0 && code.equals("rate_limit_exceeded"))) {
            return new RateLimitException(message, where, RetryAfter.resetAt(retryAfter));
        }
        if (status == 401 || status == 403 || (status == 0 && code.equals("invalid_api_key"))) {
            return new AuthenticationException(message, where, null);
        }
        if (CONTEXT_CODES.contains(code) || CONTEXT.matcher(complaint.words()).find()) {
            return new OutputLimitException(message, where);
        }
        if (status == 408 || status == 425) return ServerException.retryable(message, where);
        return status == 0 ? null : new BadRequestException(message, where, null);
    }
}
