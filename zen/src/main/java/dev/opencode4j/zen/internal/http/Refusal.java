package dev.opencode4j.zen.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.BillingException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.spi.RetryAfter;
import dev.opencode4j.zen.internal.wire.Complaint;
import dev.opencode4j.zen.internal.wire.Refusals;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An answer with a status that is no success: nothing has run, so that some may be asked again. */
final class Refusal implements Intake {

    /** As much as is read of it; more than anybody says in an error. */
    private static final int ENOUGH = 64 << 10;

    private final Where where;
    private final String retryAfter;
    private final UnaryOperator<String> redaction;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Refusal(Where where, String retryAfter, UnaryOperator<String> redaction) {
        this.where = where;
        this.retryAfter = retryAfter;
        this.redaction = redaction;
    }

    @Override
    public Progress take(byte[] bytes, int offset, int length) {
        body.write(bytes, offset, Math.min(length, ENOUGH - body.size()));
        return body.size() < ENOUGH ? Progress.OPEN : Progress.WHOLE;
    }

    /** What was read until it broke off says enough: the status came before. */
    @Override
    public Outcome conclude(@Nullable Throwable cut) {
        Complaint complaint = Complaint.of(redaction.apply(body.toString(UTF_8)));
        AgentException error = Refusals.answered(complaint, where, retryAfter);
        return new Outcome.Refused(error, mayBeAskedAgain(error), notBefore());
    }

    private boolean mayBeAskedAgain(AgentException error) {
        int status = where.status();
        boolean isUnread = status == 408; // As some say on a connection that was idle, whatever is on its way.
        return isUnread || status >= 500 || (status == 429 && !(error instanceof BillingException));
    }

    private @Nullable Instant notBefore() {
        boolean isTold = where.status() == 429 || where.status() == 503;
        return isTold ? RetryAfter.find(retryAfter).orElse(null) : null;
    }
}
