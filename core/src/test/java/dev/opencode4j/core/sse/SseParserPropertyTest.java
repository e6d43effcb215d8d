package dev.opencode4j.core.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever lines come with whatever ends in whatever pieces: the parser finds what a simple one finds in the whole. */
class SseParserPropertyTest {

    private static final int NO_BOUND = 1 << 20;

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void findsWhatASimpleParserFindsHoweverTheBytesArrive(
            @ForAll("streams") String stream, @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 9) Integer> cuts) {
        CollectedFrames found = CollectedFrames.of(NO_BOUND, chunks(stream, cuts));
        assertThat(found.frames).isEqualTo(simple(stream));
        assertThat(found.oversized).isZero();
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void dropsOnlyWhatIsTooLargeAndCountsIt(
            @ForAll("events") List<String> events,
            @ForAll("ends") String end,
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 9) Integer> cuts) {
        int bound = 12;
        StringBuilder stream = new StringBuilder();
        for (String event : events)
            stream.append("data: ").append(event).append(end).append(end);
        CollectedFrames found = CollectedFrames.of(bound, chunks(stream.toString(), cuts));
        assertThat(found.frames)
                .isEqualTo(
                        events.stream().filter(event -> event.length() <= bound).toList());
        assertThat(found.oversized).isEqualTo((int)
                events.stream().filter(event -> event.length() > bound).count());
    }

    @Provide
    Arbitrary<List<String>> events() {
        return Arbitraries.strings().withChars("a :").ofMaxLength(25).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\n", "\r", "\r\n");
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> value = Arbitraries.strings()
                .withChars('a', '{', '"', ':', ' ', '\u00e4', '\u00ef')
                .ofMaxLength(8);
        Arbitrary<String> field =
                Arbitraries.of("data: ", "data:", "data", "dat", "", ":", ": ", "id: ", "event:", "x");
        Arbitrary<String> line = field.flatMap(name -> value.map(text -> name + text));
        Arbitrary<String> any = Arbitraries.frequencyOf(Tuple.of(3, line), Tuple.of(2, Arbitraries.just("")));
        Arbitrary<String> mark = Arbitraries.of("", "\u00ef\u00bb\u00bf", "\u00ef\u00bb");
        Arbitrary<String> lines = any.flatMap(text -> ends().map(end -> text + end))
                .list()
                .ofMaxSize(20)
                .map(all -> String.join("", all));
        return mark.flatMap(first -> lines.flatMap(middle -> line.map(cut -> first + middle + cut)));
    }

    private static List<byte[]> chunks(String stream, List<Integer> cuts) {
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> chunks = new ArrayList<>();
        int at = 0;
        for (int cut : cuts) {
            int end = Math.min(bytes.length, at + cut);
            chunks.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        chunks.add(Arrays.copyOfRange(bytes, at, bytes.length));
        return chunks;
    }

    /** The grammar, word by word. */
    private static List<String> simple(String stream) {
        String text = stream.startsWith("\u00ef\u00bb\u00bf") ? stream.substring(3) : stream;
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\r|\n", -1)));
        lines.remove(lines.size() - 1);
        List<String> frames = new ArrayList<>();
        List<String> data = new ArrayList<>();
        for (String line : lines) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) frames.add(String.join("\n", data));
                data.clear();
                continue;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (name.equals("data")) data.add(value.startsWith(" ") ? value.substring(1) : value);
        }
        return frames;
    }
}
