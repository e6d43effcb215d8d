package dev.opencode4j.command.exit;

import dev.opencode4j.command.agent.NoOpenCodeException;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AmbiguousSubmitException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.DeadlineExceeded;
import dev.opencode4j.core.error.FirstEventTimeout;
import dev.opencode4j.core.error.IdleTimeout;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.OutputLimitException;
import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.RateLimitException;
import dev.opencode4j.core.error.RequestTimeout;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.SessionNotFoundException;
import dev.opencode4j.core.error.SlowConsumerException;
import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.testkit.real.ProvisionException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exit codes; they differ by what the caller does about them, as the errors do. */
public enum ExitCode {
    /** All went well. */
    COMPLETED(0, null, "completed"),
    /** Something that has no code of its own: a defect, or a check of the doctor's. */
    FAILED(1, null, "anything else; doctor: something is wrong"),
    /** The arguments are wrong. */
    USAGE(2, IllegalArgumentException.class, "the arguments are wrong; nothing was sent"),
    /** A batch was worked through, but not every line of it was answered. */
    PARTLY(3, null, "batch: some prompts failed, or lines were no prompts"),
    /** See {@link ConnectionException}. */
    CONNECTION(10, ConnectionException.class, "nothing answers, or the connection broke"),
    /** See {@link RequestTimeout}. */
    REQUEST_TIMEOUT(11, RequestTimeout.class, "a request was not answered in time"),
    /** See {@link FirstEventTimeout}. */
    FIRST_EVENT_TIMEOUT(12, FirstEventTimeout.class, "no sign of the turn in time"),
    /** See {@link IdleTimeout}. */
    IDLE_TIMEOUT(13, IdleTimeout.class, "the server fell silent"),
    /** See {@link DeadlineExceeded}. */
    DEADLINE(14, DeadlineExceeded.class, "the turn took longer than --timeout and was aborted"),
    /** See {@link AuthenticationException}. */
    AUTHENTICATION(20, AuthenticationException.class, "password, key or token missing or wrong"),
    /** See {@link BillingException}. */
    BILLING(21, BillingException.class, "no credit, or not in the plan"),
    /** See {@link RateLimitException}. */
    RATE_LIMIT(22, RateLimitException.class, "too many requests; the message says until when"),
    /** See {@link SessionNotFoundException}. */
    SESSION_NOT_FOUND(30, SessionNotFoundException.class, "no such session or message"),
    /** See {@link BadRequestException}. */
    BAD_REQUEST(31, BadRequestException.class, "refused: unknown agent or model, bad argument"),
    /** See {@link OutputLimitException}. */
    OUTPUT_LIMIT(32, OutputLimitException.class, "answer or context outgrew the model"),
    /** See {@link UnsupportedFeatureException}. */
    UNSUPPORTED(33, UnsupportedFeatureException.class, "this version of OpenCode can't do that"),
    /** See {@link ServerException}. */
    SERVER(40, ServerException.class, "the server or its provider failed"),
    /** See {@link ProtocolException}. */
    PROTOCOL(41, ProtocolException.class, "the answer is not an OpenCode server's"),
    /** See {@link AmbiguousSubmitException}. */
    AMBIGUOUS(42, AmbiguousSubmitException.class, "the prompt may or may not have run; look before repeating it"),
    /** See {@link SlowConsumerException}. */
    SLOW_CONSUMER(43, SlowConsumerException.class, "the output was read too slowly"),
    /** OpenCode can't be installed. */
    INSTALL(50, ProvisionException.class, "--install failed"),
    /** There is no OpenCode to work with. */
    NO_OPENCODE(51, NoOpenCodeException.class, "no OpenCode found, and the command is of no use with the demo"),
    /** The turn was interrupted, here or by somebody else. */
    INTERRUPTED(130, InterruptedTurnException.class, "interrupted (Ctrl-C, or an abort elsewhere)"),
    /** Nobody reads the output. */
    BROKEN_PIPE(141, null, "the reader of the output went away"),
    /** SIGTERM; the JVM sees to it. */
    TERMINATED(143, null, "terminated (SIGTERM)");

    private final int code;
    private final @Nullable Class<? extends RuntimeException> error;
    private final String meaning;

    ExitCode(int code, @Nullable Class<? extends RuntimeException> error, String meaning) {
        this.code = code;
        this.error = error;
        this.meaning = meaning;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** What it means, for people. */
    public String meaning() {
        return meaning;
    }

    /** The code of an error. */
    public static ExitCode of(Throwable error) {
        for (ExitCode exit : values()) {
            if (exit.error != null && exit.error.isInstance(error)) return exit;
        }
        return FAILED;
    }

    private String told() {
        if (error == null || !AgentException.class.isAssignableFrom(error)) return meaning;
        return error.getSimpleName() + ": " + meaning;
    }

    /** Number and meaning of each, in order. */
    public static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            table.put(String.format("%3d", exit.code), exit.told());
        }
        return table;
    }
}
