package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.argument.Arguments;
import dev.opencode4j.core.error.Where;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a server. Immutable; the transport adds the address, the credentials, and the scope where the
 * request does not say it itself.
 */
public final class Request {

    private static final Pattern METHOD = Pattern.compile("[A-Z]+");

    private final String method;
    private final String path;
    private final String written;
    private final Map<String, String> query;
    private final byte @Nullable [] body;
    private final boolean scoped;
    private final @Nullable Duration limit;

    private Request(
            String method,
            String path,
            String written,
            Map<String, String> query,
            byte @Nullable [] body,
            boolean scoped,
            @Nullable Duration limit) {
        this.method = method;
        this.path = path;
        this.written = written;
        this.query = query;
        this.body = body;
        this.scoped = scoped;
        this.limit = limit;
    }

    /** A request of the server's directory and workspace, at a path that is escaped already. */
    public static Request of(String method, String path) {
        return new Request(method, path, "", Map.of(), null, true, null);
    }

    /**
     * A request at a path and query that a caller wrote.
     *
     * @throws IllegalArgumentException if {@code path} does not begin with a slash or is no URL path, or {@code method}
     *     is no upper-case word
     */
    public static Request raw(String method, String path) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("method: must be an HTTP method in upper case, was '" + method + "'");
        }
        if (!path.startsWith("/") || path.startsWith("//") || !isUrl(path)) {
            throw new IllegalArgumentException("path: must begin with one '/' and be escaped as in a URL");
        }
        int mark = path.indexOf('?');
        String route = mark < 0 ? path : path.substring(0, mark);
        String query = mark < 0 ? "" : path.substring(mark + 1);
        return new Request(method, route, query, Map.of(), null, true, null);
    }

    private static boolean isUrl(String path) {
        try {
            URI uri = new URI(path);
            return uri.getRawFragment() == null && uri.getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A read. */
    public static Request get(String path) {
        return of("GET", path);
    }

    /** An order without details: some servers insist on a JSON body, so there is an empty one. */
    public static Request post(String path) {
        return of("POST", path).with("{}".getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a JSON body. */
    public Request with(byte[] json) {
        return new Request(method, path, written, query, json, scoped, limit);
    }

    /** The same with a query parameter, unless {@code value} is null. */
    public Request query(String name, @Nullable Object value) {
        if (value == null) return this;
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value.toString());
        return new Request(method, path, written, more, body, scoped, limit);
    }

    /** The same for the whole server instead of one directory of it. */
    public Request unscoped() {
        return new Request(method, path, written, query, body, false, limit);
    }

    /** The same with a limit of its own on the time to the answer's end. */
    public Request within(Duration value) {
        return new Request(method, path, written, query, body, scoped, Arguments.positive(value, "timeout"));
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** What an error says of it. */
    public Where where() {
        return Where.of(method, path);
    }

    String path() {
        return path;
    }

    byte @Nullable [] body() {
        return body;
    }

    @Nullable
    Duration limit() {
        return limit;
    }

    String queryText(Map<String, String> scope) {
        Map<String, String> all = new LinkedHashMap<>(query);
        if (scoped) scope.forEach(all::putIfAbsent);
        StringBuilder text = new StringBuilder(written);
        all.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    /** Leaves query and body out: they may be private. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
