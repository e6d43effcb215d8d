package dev.opencode4j.server.internal.v1;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.spi.RetryAfter;
import dev.opencode4j.server.internal.http.Answer;
import dev.opencode4j.server.internal.http.RefusalReader;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which of our errors a request's answer is. */
public final class Refusals implements RefusalReader {

    /** What the server says when a stored prompt with a format does not fit its own schema (1.15.13, 1.18.33). */
    private static final String UNLISTABLE = "Expected OutputFormat";

    /** A 404 about anything else, an MCP server say, is a wrong argument and no lost session. */
    private static final Pattern OF_A_SESSION = Pattern.compile("session|message|permission|question");

    /** Reads the answer, which is no success. */
    @Override
    public AgentException read(Answer answer) {
        Where where = answer.where();
        String words = RefusalText.of(answer);
        return switch (answer.status()) {
            case 401, 403 ->
                new AuthenticationException(
                        or(words, "the server refuses the credentials, or wants some"), where, null);
            case 402 -> new BillingException(or(words, "payment required"), where, null);
            case 404 -> missing(words, where);
            case 429 ->
                new RateLimitException(or(words, "too many requests"), where, RetryAfter.resetAt(retryAfter(answer)));
            default -> ofRange(answer.status(), words, answer);
        };
    }

    private static AgentException ofRange(int status, String words, Answer answer) {
        Where where = answer.where();
        if (status >= 300 && status < 400) {
            return new ProtocolException(
                    "a redirect, which is not followed; use the server's own address", where, answer.quote(), null);
        }
        if (status == 400 && words.contains(UNLISTABLE)) {
            return new UnsupportedFeatureException(
                    "the session had a prompt with an output format, and this version of the server can't list such"
                            + " sessions' messages; read them one by one",
                    where,
                    null);
        }
        if (status >= 400 && status < 500) return new BadRequestException(or(words, "bad request"), where, null);
        String said = or(words, "server error");
        if (status == 503) {
            return ServerException.retryable(said, where)
                    .comeBackAt(RetryAfter.find(retryAfter(answer)).orElse(null));
        }
        boolean nothingRan = where.method().equals("GET");
        return nothingRan ? ServerException.retryable(said, where) : ServerException.fatal(said, where);
    }

    private static AgentException missing(String words, Where where) {
        String about = words.isEmpty() ? where.path() : words;
        if (!OF_A_SESSION.matcher(about.toLowerCase(Locale.ROOT)).find()
                && !OF_A_SESSION.matcher(where.path()).find()) {
            return new BadRequestException(or(words, "not found"), where, null);
        }
        return new SessionNotFoundException(or(words, whatIsMissing(where.path())), where, null);
    }

    private static String whatIsMissing(String path) {
        if (path.contains(RequestRoutes.PERMISSION + '/')) return "there is no such permission request";
        if (path.contains(RequestRoutes.QUESTION + '/')) return "there is no such question";
        if (path.contains(MessageRoutes.MESSAGE + '/')) return "there is no such session or message";
        return "there is no such session";
    }

    private static String retryAfter(Answer answer) {
        String header = answer.header("retry-after");
        return header == null ? "" : header;
    }

    private static String or(String words, String fallback) {
        return words.isEmpty() ? fallback : words;
    }
}
