package dev.opencode4j.testkit.impostor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 requests out of whatever pieces the socket delivers. */
final class RequestParser {

    private byte[] bytes = new byte[4096];
    private int length;
    private int searched;

    /** Reads what there is; false at end of file. */
    boolean readFrom(ReadableByteChannel channel) throws IOException {
        while (true) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            int read = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
            if (read <= 0) {
                return read == 0;
            }
            length += read;
        }
    }

    /** The next whole request, or null while some of it is still missing. */
    @Nullable
    RecordedRequest next() {
        int headEnd = find("\r\n\r\n", searched);
        if (headEnd < 0) {
            searched = Math.max(0, length - 3);
            return null;
        }
        searched = headEnd;
        String[] lines = new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Map<String, String> headers = headers(lines);
        int bodyStart = headEnd + 4;
        byte[] body;
        int end;
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            end = unchunk(bodyStart, joined);
            body = joined.toByteArray();
        } else {
            end = bodyStart
                    + Integer.parseInt(
                            headers.getOrDefault("content-length", "0").trim());
            body = end <= length ? Arrays.copyOfRange(bytes, bodyStart, end) : new byte[0];
        }
        if (end < 0 || end > length) {
            return null;
        }
        System.arraycopy(bytes, end, bytes, 0, length - end);
        length -= end;
        searched = 0;
        return request(lines[0], headers, body);
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).trim());
            }
        }
        return headers;
    }

    /** Joins the chunks from that position on and returns where the body ends, or -1 while it does not. */
    private int unchunk(int from, ByteArrayOutputStream joined) {
        int position = from;
        while (true) {
            int lineEnd = find("\r\n", position);
            if (lineEnd < 0) {
                return -1;
            }
            String line = new String(bytes, position, lineEnd - position, StandardCharsets.ISO_8859_1);
            int size = Integer.parseInt(line.replaceFirst(";.*", "").trim(), 16);
            int end = lineEnd + 2 + size + 2;
            if (end > length) {
                return -1;
            }
            if (size == 0) {
                return end;
            }
            joined.write(bytes, lineEnd + 2, size);
            position = end;
        }
    }

    private int find(String text, int from) {
        for (int i = from; i <= length - text.length(); i++) {
            int matched = 0;
            while (matched < text.length() && bytes[i + matched] == text.charAt(matched)) {
                matched++;
            }
            if (matched == text.length()) {
                return i;
            }
        }
        return -1;
    }

    private static RecordedRequest request(String line, Map<String, String> headers, byte[] body) {
        String[] words = line.split(" ", -1);
        String target = words.length > 1 ? words[1] : "/";
        int mark = target.indexOf('?');
        String path = decode(mark < 0 ? target : target.substring(0, mark));
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return new RecordedRequest(words[0], path, query, headers, text, Instant.now());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
