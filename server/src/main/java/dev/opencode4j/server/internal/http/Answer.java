package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.error.ProtocolException;
import dev.opencode4j.core.error.Where;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a server answered. The body is the answer's own array: whoever reads it leaves it as it is. */
public final class Answer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Where where;
    private final HttpHeaders headers;
    private final byte[] body;

    /** An answer; the status is in {@code where}. */
    Answer(Where where, HttpHeaders headers, byte[] body) {
        this.where = where;
        this.headers = headers;
        this.body = body;
    }

    /** The request and the status. */
    public Where where() {
        return where;
    }

    /** The body; empty when there was none. */
    public byte[] body() {
        return body;
    }

    /** The status. */
    public int status() {
        return where.status();
    }

    /** The first header of this name; null when there is none. */
    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** Whether there is nothing in the body but spaces. */
    public boolean isBlank() {
        return firstVisible() == body.length;
    }

    /** Where the first byte stands that is no space. */
    private int firstVisible() {
        int at = 0;
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) at++;
        return at;
    }

    /**
     * The body as {@code reader} understands it.
     *
     * @throws ProtocolException if it is not JSON, or the reader returns null because it misses what must be there
     */
    public <T> T read(Function<byte[], @Nullable T> reader) {
        T value;
        try {
            value = reader.apply(body);
        } catch (JacksonException e) {
            throw new ProtocolException("the answer is not valid JSON", where, quote(), e);
        }
        if (value == null) throw new ProtocolException("the answer lacks what it should hold", where, quote(), null);
        return value;
    }

    /**
     * That the order was carried out; what the body says beyond that is of no interest, but it has to be JSON or
     * nothing.
     */
    public Answer confirmed() {
        if (isBlank()) return this;
        return read(json -> {
            JSON.readTree(json);
            return this;
        });
    }

    boolean isSuccess() {
        return isSuccess(status());
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /** Whether this is a web page: servers answer an unknown route with theirs, and 200. */
    boolean isHtml() {
        String type = headers.firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html")) return true;
        int at = firstVisible();
        return at < body.length
                && body[at] == '<'
                && quote().stripLeading().regionMatches(true, 0, "<!doctype html", 0, 14);
    }

    /** The beginning of the body, as much as an error would keep of it. */
    public String quote() {
        int length = Math.min(body.length, 4 * ProtocolException.RAW_LIMIT);
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    Answer withBody(byte[] other) {
        return new Answer(where, headers, other);
    }

    /** Leaves headers and body out. */
    @Override
    public String toString() {
        return where + " with " + body.length + " bytes";
    }
}
