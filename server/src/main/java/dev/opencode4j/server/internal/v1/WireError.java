package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.spi.RetryAfter;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An error of a provider or of the server in the middle of a turn, and which of ours it is. */
final class WireError {

    /** Words of providers that answer 4xx for an empty account. Whole words: "billing" is no "rebilling". */
    private static final Pattern BILLING = Pattern.compile(
            "\\b(insufficient_quota|billing|payment required|not enough credits|insufficient (credits|balance)"
                    + "|exceeded your current quota)\\b",
            Pattern.CASE_INSENSITIVE);

    String name = "";

    @Nullable
    String message;

    int status;
    boolean retryable;
    String retryAfter = "";
    String body = "";

    AgentException toException() {
        String text = words();
        return switch (name) {
            case "MessageAbortedError" -> new InterruptedTurnException(text, null, null);
            case "MessageOutputLengthError", "ContextOverflowError" -> new OutputLimitException(text, null);
            case "ProviderAuthError" -> new AuthenticationException(text, null, null);
            case "ProviderModelNotFoundError", "ModelNotFoundError", "AgentNotFoundError", "ContentFilterError" ->
                new BadRequestException(text, null, null);
            case "NotFoundError" -> new SessionNotFoundException(text, null, null);
            default -> ofStatus(text);
        };
    }

    private AgentException ofStatus(String text) {
        if (status == 402
                || (status >= 400
                        && status < 500
                        && BILLING.matcher(text + ' ' + body).find())) {
            return new BillingException(text, null, null);
        }
        return switch (status) {
            case 401, 403 -> new AuthenticationException(text, null, null);
            case 429 -> new RateLimitException(text, null, RetryAfter.resetAt(retryAfter));
            case 0 -> withoutStatus(text);
            // Its own clock or another's load, and nothing about the request.
            case 408, 425 -> ServerException.fatal(text, null);
            default ->
                status >= 400 && status < 500 && !retryable
                        ? new BadRequestException(text, null, null)
                        : ServerException.fatal(text, null).comeBackAt(comeBackAt());
        };
    }

    private @Nullable Instant comeBackAt() {
        return status == 503 ? RetryAfter.find(retryAfter).orElse(null) : null;
    }

    /** What the server finds out by itself, an unknown agent say, comes as "UnknownError" with only words. */
    private AgentException withoutStatus(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean refused = lower.contains("not found") && (lower.contains("agent") || lower.contains("model"));
        return refused ? new BadRequestException(text, null, null) : ServerException.fatal(text, null);
    }

    private String words() {
        String said = message == null || message.isBlank() ? "" : message;
        if (name.isEmpty()) return said.isEmpty() ? "an error without words" : said;
        return said.isEmpty() ? name : name + ": " + said;
    }
}
