package dev.opencode4j.zen.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.zen.internal.wire.ChunkReader;
import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A success that is no stream: a completion in one piece from a server that does not stream is as good an answer;
 * anything else is none.
 */
final class WholeAnswer implements Intake {

    private static final int LARGEST = 16 << 20;

    private final ChunkReader reader;
    private final Where where;
    private final UnaryOperator<String> redaction;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    WholeAnswer(ChunkReader reader, Where where, UnaryOperator<String> redaction) {
        this.reader = reader;
        this.where = where;
        this.redaction = redaction;
    }

    @Override
    public Progress take(byte[] bytes, int offset, int length) {
        body.write(bytes, offset, length);
        if (body.size() > LARGEST) throw notAnAnswer("has more than " + LARGEST + " bytes", null);
        return Progress.OPEN;
    }

    @Override
    public Outcome conclude(@Nullable Throwable cut) {
        if (cut != null) throw ServerException.fatal("the answer broke off: " + cut.getMessage(), where);
        byte[] bytes = body.toByteArray();
        try {
            if (!reader.read(bytes, 0, bytes.length)) throw notAnAnswer("is no object", null);
        } catch (JacksonException e) {
            throw notAnAnswer("is no JSON", e);
        }
        if (!reader.isFinished()) throw notAnAnswer("holds no finished choice", null);
        return new Outcome.Answered();
    }

    private ProtocolException notAnAnswer(String how, @Nullable Throwable cause) {
        int quoted = Math.min(body.size(), 4 * ProtocolException.RAW_LIMIT);
        String raw = redaction.apply(new String(body.toByteArray(), 0, quoted, UTF_8));
        return new ProtocolException(
                "the answer is neither an event stream nor a completion: it " + how, where, raw, cause);
    }
}
