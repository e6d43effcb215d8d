package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Map;

/** A request as it goes over the wire. */
final class RequestBytes {

    private RequestBytes() {}

    /** A {@code POST}; headers must hold no line's end. */
    static byte[] post(Route route, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(256);
        head.append("POST ").append(route.requestTarget()).append(" HTTP/1.1\r\n");
        header(head, "Host", route.authority());
        header(head, "Content-Length", String.valueOf(body.length));
        headers.forEach((name, value) -> header(head, name, value));
        byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
