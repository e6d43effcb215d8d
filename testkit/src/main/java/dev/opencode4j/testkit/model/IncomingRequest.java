package dev.opencode4j.testkit.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** An HTTP/1.1 request as it came in. */
record IncomingRequest(String method, String path, Map<String, String> headers, String body) {

    private static final int LONGEST_LINE = 65_536;
    private static final int LARGEST_BODY = 256 * 1024 * 1024;

    static IncomingRequest read(InputStream in) throws IOException {
        String[] start = line(in).split(" ", -1);
        if (start.length != 3) {
            throw new IOException("Not an HTTP request line");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("Not an HTTP header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String path = start[1].split("\\?", 2)[0];
        return new IncomingRequest(start[0], path, headers, new String(body(in, headers), UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(exactly(in, size));
                line(in);
            }
            line(in);
            return body.toByteArray();
        }
        return exactly(in, length(headers.getOrDefault("content-length", "0"), 10));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return length(line(in).split(";", 2)[0].strip(), 16);
    }

    private static int length(String digits, int radix) throws IOException {
        try {
            int length = Integer.parseInt(digits, radix);
            if (length >= 0 && length <= LARGEST_BODY) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("Not a length: " + digits, e);
        }
        throw new IOException("Not a length for a body: " + digits);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The body ended early");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("No end of a header line");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
