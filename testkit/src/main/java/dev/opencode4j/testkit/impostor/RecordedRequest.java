package dev.opencode4j.testkit.impostor;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A request as it reached the impostor, recorded before anything was done about it. Its {@link #toString()} holds no
 * header and no body, so that no password reaches a test report.
 *
 * @param method the method, in capitals
 * @param path the path, decoded, without the query
 * @param query the query's names and values, decoded
 * @param headers the headers, their names in small letters
 * @param body the body, empty if there was none
 * @param receivedAt when the last byte of it was read
 */
public record RecordedRequest(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        Instant receivedAt) {

    /** Makes the maps immutable. */
    public RecordedRequest {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The body as JSON; a missing node if it is empty.
     *
     * @throws tools.jackson.core.JacksonException if it is something else
     */
    public JsonNode json() {
        return Json.parse(body);
    }

    /**
     * Matches requests by method and path.
     *
     * @param method such as {@code POST}, or {@code *} for any
     * @param path a path in which {@code *} stands for one segment and {@code **} for any number, such as
     *     {@code /session/*}{@code /prompt_async}
     */
    public static Predicate<RecordedRequest> to(String method, String path) {
        String regex = Stream.of(path.split("/", -1))
                .map(segment -> segment.equals("**") ? ".*" : segment.equals("*") ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/"));
        Pattern pattern = Pattern.compile(regex);
        return request -> (method.equals("*") || method.equals(request.method()))
                && pattern.matcher(request.path()).matches();
    }

    /** Matches prompts, posted to {@code prompt_async} or to {@code message}. */
    public static Predicate<RecordedRequest> prompts() {
        return to("POST", "/session/*/prompt_async").or(to("POST", "/session/*/message"));
    }

    /** Matches requests for an event stream, of one directory or of all. */
    public static Predicate<RecordedRequest> streams() {
        return to("GET", "/event").or(to("GET", "/global/event"));
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + body.length() + " characters of body)";
    }
}
