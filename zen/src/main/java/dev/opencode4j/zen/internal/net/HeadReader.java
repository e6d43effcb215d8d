package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the head of an answer, and what it says about the body and the connection. */
final class HeadReader {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([0-9]) ([1-9][0-9]{2})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> headers = new HashMap<>();
    private int status;
    private boolean old;

    /**
     * Takes the next line, which is not blank.
     *
     * @throws IOException if such a line belongs to no answer
     */
    void line(String line) throws IOException {
        if (status == 0) statusLine(line);
        else if (!isContinued(line)) header(line);
    }

    private void statusLine(String line) throws IOException {
        Matcher match = STATUS.matcher(line);
        if (!match.matches()) throw new IOException("what answers does not speak HTTP/1.1");
        old = match.group(1).equals("0");
        status = Integer.parseInt(match.group(2));
    }

    /** A line that belongs to the header before it: long since forbidden, and of no header that we ask for. */
    private static boolean isContinued(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    private void header(String line) throws IOException {
        int colon = line.indexOf(':');
        if (colon <= 0) throw new IOException("an answer has a header without a name");
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).strip();
        String known = headers.putIfAbsent(name, value);
        if (known != null && name.equals("content-length") && !known.equals(value)) {
            throw new IOException("an answer has two lengths");
        }
        if (known != null && name.equals("connection")) headers.put(name, known + ", " + value);
    }

    /** Whether the answer itself is still to come. */
    boolean isPreliminary() {
        return status < 200;
    }

    /** Whether an answer like this has no body, whatever else it says. */
    boolean isBodiless() {
        return status == 204 || status == 304;
    }

    /**
     * Whether the body comes in chunks.
     *
     * @throws IOException if it comes in another way that we can't take
     */
    boolean isChunked() throws IOException {
        String coding = value("transfer-encoding").toLowerCase(Locale.ROOT);
        if (coding.isEmpty() || coding.equals("identity")) return false;
        if (coding.equals("chunked")) return true;
        throw new IOException("an answer is encoded in a way that was not asked for");
    }

    /**
     * How many bytes the body has; negative if only its end will tell.
     *
     * @throws IOException if that is no number
     */
    long length() throws IOException {
        String said = value("content-length");
        if (said.isEmpty()) return -1;
        if (!LENGTH.matcher(said).matches()) throw new IOException("an answer's length is no number");
        return Long.parseLong(said);
    }

    /** Whether the other side keeps the connection. */
    boolean keepsConnection() {
        String said = value("connection").toLowerCase(Locale.ROOT);
        if (said.contains("close")) return false;
        return !old || said.contains("keep-alive");
    }

    /** The head. */
    Head read() {
        return new Head(status, Map.copyOf(headers));
    }

    private String value(String name) {
        return headers.getOrDefault(name, "");
    }
}
