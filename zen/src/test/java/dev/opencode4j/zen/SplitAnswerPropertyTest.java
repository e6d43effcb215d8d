package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.work.RetryPolicy;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever an answer says and wherever the network cuts it, it is the same answer. */
class SplitAnswerPropertyTest {

    private static final String SAID = "🌍 日本語 é 👩‍👩‍👧 \"\\ end";

    /** Chooses what sends the requests. */
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder;
    }

    private static byte[] answer(List<String> words) {
        StringBuilder stream = new StringBuilder();
        for (String word : words) {
            stream.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":")
                    .append(Peer.quoted(word))
                    .append("}}]}\r\n\r\n");
        }
        stream.append("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        return stream.toString().getBytes(UTF_8);
    }

    private static Peer.Scene cut(byte[] answer, int... places) {
        return stage -> {
            stage.stream();
            int from = 0;
            for (int place : places) {
                stage.raw(Arrays.copyOfRange(answer, from, place));
                from = place;
                Thread.sleep(1); // Else the two pieces may travel as one, and the cut be none.
            }
            stage.raw(Arrays.copyOfRange(answer, from, answer.length));
        };
    }

    @Test
    void atEveryByte() {
        byte[] answer = answer(List.of(SAID));
        Peer.Scene[] scenes = new Peer.Scene[answer.length];
        for (int i = 0; i < answer.length; i++) scenes[i] = cut(answer, i);
        try (Rig rig = Rig.with(this::overTransport, scenes)) {
            for (int i = 0; i < answer.length; i++) {
                try (ZenSession session = rig.zen.open()) {
                    assertThat(session.run("Hi").text()).as("cut at %d", i).isEqualTo(SAID);
                }
            }
        }
    }

    @Provide
    static Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("aé日 \n\"")
                .ofMaxLength(8)
                .map(text -> text + "🌍")
                .injectDuplicates(0.2);
    }

    @Property(tries = 100)
    void anyWordsAtAnyTwoPlaces(@ForAll("words") String first, @ForAll("words") String second, @ForAll long seed) {
        byte[] answer = answer(List.of(first, second));
        int one = (int) Math.floorMod(seed, (long) answer.length);
        int two = (int) Math.floorMod(seed / 7919, (long) answer.length);
        try (Rig rig = Rig.with(
                settings -> overTransport(settings).retry(RetryPolicy.NONE),
                cut(answer, Math.min(one, two), Math.max(one, two)))) {
            Played played = rig.play("Hi");
            assertThat(played.completed().text()).isEqualTo(first + second).isEqualTo(played.deltas());
        }
    }
}
