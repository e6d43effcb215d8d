package dev.opencode4j.zen.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a parser told of one answer. */
final class Heard implements AnswerSink {

    final List<Head> heads = new ArrayList<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Override
    public void head(Head head) {
        heads.add(head);
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        body.write(bytes, offset, length);
    }

    String text() {
        return body.toString(ISO_8859_1);
    }

    /** Feeds the bytes in pieces that end at {@code cuts}, and says how many were taken. */
    static int feed(AnswerParser parser, byte[] bytes, int... cuts) throws IOException {
        int taken = 0;
        int from = 0;
        for (int cut : cuts) {
            taken += parser.feed(bytes, from, cut - from);
            from = cut;
        }
        return taken + parser.feed(bytes, from, bytes.length - from);
    }
}
