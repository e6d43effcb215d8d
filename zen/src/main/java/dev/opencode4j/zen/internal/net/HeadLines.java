package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Puts lines together that were cut anywhere. All lines of an answer have a common limit. */
final class HeadLines {

    private static final int LARGEST = 256 << 10;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private int taken;
    private boolean whole;

    /**
     * Takes bytes up to the line's end.
     *
     * @return where the next ones lie
     * @throws IOException if there are more of them than anybody sends
     */
    int take(byte[] bytes, int start, int end) throws IOException {
        int at = start;
        while (at < end && bytes[at] != '\n') at++;
        line.write(bytes, start, at - start);
        whole = at < end;
        int next = whole ? at + 1 : at;
        taken += next - start;
        if (taken > LARGEST) throw new IOException("an answer's headers have more than " + LARGEST + " bytes");
        return next;
    }

    /** Whether a line has come to its end. */
    boolean isWhole() {
        return whole;
    }

    /** The line, without its end. */
    String next() {
        String text = line.toString(ISO_8859_1);
        line.reset();
        whole = false;
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
