package dev.opencode4j.zen.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.core.error.Where;
import dev.opencode4j.core.sse.FrameSink;
import dev.opencode4j.core.sse.SseParser;
import dev.opencode4j.zen.internal.wire.ChunkReader;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An answer that comes in chunks: it is told while it comes. */
final class StreamedAnswer implements Intake, FrameSink {

    private static final int LARGEST_CHUNK = 16 << 20;

    private final SseParser parser = new SseParser(LARGEST_CHUNK, this);
    private final ChunkReader reader;
    private final Where where;
    private final UnaryOperator<String> redaction;
    private boolean done;

    StreamedAnswer(ChunkReader reader, Where where, UnaryOperator<String> redaction) {
        this.reader = reader;
        this.where = where;
        this.redaction = redaction;
    }

    @Override
    public Progress take(byte[] bytes, int offset, int length) {
        parser.feed(bytes, offset, length);
        if (done) return Progress.WHOLE;
        return reader.isFinished() ? Progress.FINISHED : Progress.OPEN;
    }

    @Override
    public void frame(byte[] buffer, int offset, int length) {
        if (done) return;
        if (isDone(buffer, offset, length)) {
            done = true;
            return;
        }
        try {
            if (!reader.read(buffer, offset, length)) throw malformed(buffer, offset, length, null);
        } catch (JacksonException e) {
            throw malformed(buffer, offset, length, e);
        }
    }

    private static boolean isDone(byte[] buffer, int offset, int length) {
        return length < 16 && new String(buffer, offset, length, UTF_8).strip().equals("[DONE]");
    }

    private ProtocolException malformed(byte[] buffer, int offset, int length, @Nullable Throwable cause) {
        int quoted = Math.min(length, 4 * ProtocolException.RAW_LIMIT);
        String raw = redaction.apply(new String(buffer, offset, quoted, UTF_8));
        return new ProtocolException("a chunk of the answer is malformed", where, raw, cause);
    }

    @Override
    public void oversized() {
        throw new ProtocolException("a chunk of the answer has more than " + LARGEST_CHUNK + " bytes", where, "", null);
    }

    @Override
    public Outcome conclude(@Nullable Throwable cut) {
        if (reader.isFinished()) return new Outcome.Answered();
        String how = cut == null || cut.getMessage() == null ? "" : ": " + cut.getMessage();
        throw ServerException.fatal("the answer ended before its finish reason" + how, where);
    }
}
