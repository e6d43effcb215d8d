package dev.opencode4j.zen.internal.net;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the head of an answer, and what it says about the body and the connection. */
final class HeadReader {

    /** The reason may hold any byte but a line's end; some servers send it in UTF-8. */
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([0-9]) ([1-9][0-9]{2})(?: .*)?", Pattern.DOTALL);

    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,18})(?:[ \t]*,[ \t]*\\1)*");
    private static final Pattern TIMEOUT =
            Pattern.compile("(?:^|[,; \t])timeout[ \t]*=[ \t]*\"?([0-9]+)", Pattern.CASE_INSENSITIVE);

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int LONGEST_TIMEOUT_DIGITS = 9;

    private final HeaderFields fields = new HeaderFields();
    private String lastName = "";
    private int status;
    private boolean old;

    /**
     * Takes the next line, which is not blank.
     *
     * @throws IOException if such a line belongs to no answer
     */
    void line(String line) throws IOException {
        if (status == 0) statusLine(line);
        else if (isContinued(line)) fields.extend(lastName, line.strip());
        else header(line);
    }

    private void statusLine(String line) throws IOException {
        Matcher match = STATUS.matcher(line);
        if (!match.matches()) throw new IOException("what answers does not speak HTTP/1.1");
        old = match.group(1).equals("0");
        status = Integer.parseInt(match.group(2));
    }

    /** A line that belongs to the header before it: long since forbidden, and still sent. */
    private static boolean isContinued(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    private void header(String line) throws IOException {
        int colon = line.indexOf(':');
        if (colon <= 0) throw new IOException("an answer has a header without a name");
        lastName = line.substring(0, colon).strip();
        fields.add(lastName, line.substring(colon + 1).strip());
    }

    /** Whether the answer itself is still to come. */
    boolean isPreliminary() {
        return status < 200;
    }

    /**
     * Refuses a preliminary answer after which the connection speaks something else.
     *
     * @throws IOException if this is one; nobody asked for it
     */
    void refuseSwitch() throws IOException {
        if (status == SWITCHING_PROTOCOLS) throw new IOException("what answers changes the protocol unasked");
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
        String coding = coding();
        if (coding.isEmpty() || coding.equals("identity")) return false;
        if (coding.equals("chunked")) return true;
        throw new IOException("an answer is encoded in a way that was not asked for");
    }

    private String coding() {
        return fields.value("transfer-encoding").toLowerCase(Locale.ROOT);
    }

    /**
     * How many bytes the body has; negative if only its end will tell.
     *
     * @throws IOException if that is no number, or there are two
     */
    long length() throws IOException {
        String said = fields.value("content-length");
        if (said.isEmpty()) return -1;
        Matcher match = LENGTH.matcher(said);
        if (!match.matches()) throw new IOException("an answer's length is no single number");
        return Long.parseLong(match.group(1));
    }

    /** Whether the other side keeps the connection, and it is certain where the answer ends (RFC 9112, 6.1 and 6.3). */
    boolean keepsConnection() {
        String said = fields.value("connection").toLowerCase(Locale.ROOT);
        if (said.contains("close") || isFramedTwice()) return false;
        return !old || said.contains("keep-alive");
    }

    private boolean isFramedTwice() {
        return !coding().isEmpty() && (old || !fields.value("content-length").isEmpty());
    }

    /** How long the other side says that it keeps the connection; null if it does not say. */
    @Nullable
    Duration keepAlive() {
        Matcher match = TIMEOUT.matcher(fields.value("keep-alive"));
        if (!match.find()) return null;
        String seconds = match.group(1);
        boolean isLong = seconds.length() > LONGEST_TIMEOUT_DIGITS;
        return Duration.ofSeconds(isLong ? Integer.MAX_VALUE : Long.parseLong(seconds));
    }

    /** The head. */
    Head read() {
        return new Head(status, fields.copy());
    }
}
