package dev.opencode4j.core.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The edges of the SSE grammar, and the bound on one event. */
class SseParserTest {

    private static List<String> frames(String... chunks) {
        return CollectedFrames.of(chunks).frames;
    }

    @Test
    void aDataLineWithoutAColonIsAnEmptyValue() {
        assertThat(frames("data\n\n", "data\ndata\n\n")).containsExactly("", "\n");
    }

    @Test
    void exactlyOneLeadingSpaceIsRemoved() {
        assertThat(frames("data:a\n\n", "data: b\n\n", "data:  c\n\n", "data:\n\n"))
                .containsExactly("a", "b", " c", "");
    }

    @Test
    void severalDataLinesAreJoinedWithALineFeed() {
        assertThat(frames("data: {\r\ndata:   \"a\": 1\rdata:}\n\n")).containsExactly("{\n  \"a\": 1\n}");
    }

    @Test
    void commentsAndOtherFieldsSayNothing() {
        assertThat(
                        frames(
                                ": ping\n\nevent: x\nid: 7\nretry: 5\nwhatever\ndatum: 1\ndata2: 2\n:data: 3\ndata: yes\nid\n\n"))
                .containsExactly("yes");
    }

    @Test
    void anEventWithoutDataIsNone() {
        assertThat(frames("event: x\n\n\n\n\r\r: c\n\n")).isEmpty();
    }

    @Test
    void aLoneCarriageReturnAtAChunksEndEndsTheLineAtOnce() {
        assertThat(frames("data: a\r", "\r")).containsExactly("a");
        assertThat(frames("data: a\r", "\n\r", "\n", "data: b\r\n\r\n")).containsExactly("a", "b");
        assertThat(frames("data: a\r", "", "\n\n")).containsExactly("a");
    }

    @Test
    void aCarriageReturnAndItsLineFeedNeverEndAnEventTogether() {
        assertThat(frames("data: a\r\ndata: b\r\n\r\n")).containsExactly("a\nb");
        assertThat(frames("data: a\r", "\ndata: b\r", "\n", "\r\n")).containsExactly("a\nb");
    }

    @Test
    void aByteOrderMarkIsRemovedFromTheFirstLineOnly() {
        String mark = "\u00ef\u00bb\u00bf";
        assertThat(frames(mark + "data: a\n\n" + mark + "data: b\n\ndata: c\n\n"))
                .containsExactly("a", "c");
        assertThat(frames("\u00ef", "\u00bb", "\u00bf", "d", "ata: a\n", "\n")).containsExactly("a");
    }

    @Test
    void aPartialEventAtTheEndIsDropped() {
        assertThat(frames("data: a\n\ndata: b\n")).containsExactly("a");
        assertThat(frames("data: a\n\ndata: b")).containsExactly("a");
    }

    @Test
    void anEventAsLargeAsTheBoundIsTakenAndALargerOneCountedOnce() {
        CollectedFrames found = CollectedFrames.of(5, List.of(bytes("data: 12345\n\ndata: 123456\n\ndata: ok\n\n")));
        assertThat(found.frames).containsExactly("12345", "ok");
        assertThat(found.oversized).isEqualTo(1);
    }

    @Test
    void anOversizedEventOfManyLinesIsCountedOnceWhereverItIsCut() {
        String stream = "data: 123\ndata: 456\ndata: 789\n: comment\ndata: 0\n\ndata: ok\n\n";
        for (int cut = 0; cut <= stream.length(); cut++) {
            CollectedFrames found =
                    CollectedFrames.of(5, List.of(bytes(stream.substring(0, cut)), bytes(stream.substring(cut))));
            assertThat(found.frames).as("cut at %d", cut).containsExactly("ok");
            assertThat(found.oversized).as("cut at %d", cut).isEqualTo(1);
        }
    }

    @Test
    void manyWholeEventsInOneHugeChunkDoNotTripTheBound() {
        String many = String.join("", Collections.nCopies(10_000, "data: 12345\n\n"));
        CollectedFrames found = CollectedFrames.of(5, List.of(bytes(many)));
        assertThat(found.frames).hasSize(10_000);
        assertThat(found.oversized).isZero();
    }

    @Test
    void memoryStaysBoundedWhileAnEndlessLineGoesBy() throws ReflectiveOperationException {
        CollectedFrames found = new CollectedFrames();
        SseParser parser = new SseParser(1 << 16, found);
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        byte[] start = bytes("data: ");
        parser.feed(start, 0, start.length);
        long before = allocated();
        for (int i = 0; i < 200; i++) parser.feed(megabyte, 0, megabyte.length);
        assertThat(allocated() - before).isLessThan(4 << 20);
        byte[] rest = bytes("\n\ndata: ok\n\n");
        parser.feed(rest, 0, rest.length);
        assertThat(found.frames).containsExactly("ok");
        assertThat(found.oversized).isEqualTo(1);
    }

    /** By reflection: the module under test does not read the one that knows. */
    private static long allocated() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }

    @Test
    void endlessEmptyDataLinesAreBoundedToo() {
        List<byte[]> chunks = new ArrayList<>(Collections.nCopies(1000, bytes("data\n")));
        chunks.add(bytes("\ndata: ok\n\n"));
        CollectedFrames found = CollectedFrames.of(100, chunks);
        assertThat(found.frames).containsExactly("ok");
        assertThat(found.oversized).isEqualTo(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
