package dev.opencode4j.core.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a parser finds. */
final class CollectedFrames implements FrameSink {

    final List<String> frames = new ArrayList<>();
    int oversized;

    @Override
    public void frame(byte[] buffer, int offset, int length) {
        frames.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void oversized() {
        oversized++;
    }

    /** What a parser with that bound finds in the chunks; each comes in a buffer that is used again at once. */
    static CollectedFrames of(int bound, List<byte[]> chunks) {
        CollectedFrames found = new CollectedFrames();
        SseParser parser = new SseParser(bound, found);
        byte[] buffer =
                new byte[chunks.stream().mapToInt(chunk -> chunk.length).max().orElse(0) + 7];
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, buffer, 3, chunk.length);
            parser.feed(buffer, 3, chunk.length);
            Arrays.fill(buffer, (byte) '!');
        }
        return found;
    }

    static CollectedFrames of(String... chunks) {
        List<byte[]> bytes = new ArrayList<>();
        for (String chunk : chunks) bytes.add(chunk.getBytes(StandardCharsets.ISO_8859_1));
        return of(1 << 20, bytes);
    }
}
