package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.TextDelta;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Very many answers at once are read in rounds, with a rest between them: nothing is lost, mixed up or kept waiting. */
class ManyAnswersTest {

    private static final int ANSWERS = 200;
    private static final int WORDS = 20;

    /** Chooses what sends the requests. */
    ZenBuilder overTransport(ZenBuilder builder) {
        return builder;
    }

    private static String[] words(String prompt) {
        return IntStream.range(0, WORDS).mapToObj(i -> prompt + '.' + i + ' ').toArray(String[]::new);
    }

    /** Each prompt is answered with words of its own, bit by bit. */
    private static void answer(Peer.Stage stage, CountDownLatch last) throws Exception {
        String[] words = words(stage.request().json().at("/messages/0/content").asString());
        stage.stream();
        for (String word : Arrays.copyOf(words, WORDS - 1)) {
            stage.say(word);
            Thread.sleep(1); // Else they travel as one.
        }
        last.await();
        stage.say(words[WORDS - 1]);
        stage.finish("stop");
        stage.done();
    }

    @Test
    void eachHasItsOwnWordsAndAnInterruptIsHeardAmongThem() {
        CountDownLatch last = new CountDownLatch(1);
        try (Rig rig = Rig.with(this::overTransport, stage -> answer(stage, last))) {
            List<Turn> turns = IntStream.range(0, ANSWERS)
                    .mapToObj(i -> rig.zen.open().start("p" + i))
                    .toList();
            long start = System.nanoTime();
            turns.get(7).interrupt();
            Played.of(turns.get(7)).interrupted();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            await().until(() -> rig.peer.received().size() >= ANSWERS - 1);
            last.countDown();
            for (int i = 0; i < ANSWERS; i++) {
                if (i == 7) continue;
                Played played = Played.of(turns.get(i));
                assertThat(played.completed().text()).isEqualTo(String.join("", words("p" + i)));
                assertThat(played.all(TextDelta.class)).hasSize(WORDS);
            }
        }
    }

    /** As fast as it comes it would be read for ever, before anybody else is. */
    @Test
    void anAnswerThatFloodsTheLineHoldsNobodyUp() throws InterruptedException {
        CountDownLatch flooding = new CountDownLatch(1);
        Peer.Scene scene = stage -> {
            if (stage.request().body().contains("flood")) {
                byte[] much = ": \n".repeat(300_000).getBytes(UTF_8);
                stage.stream();
                for (int i = 0; true; i++) {
                    stage.raw(much);
                    if (i == 20) flooding.countDown();
                }
            }
            Peer.saying("there").play(stage);
        };
        try (Rig rig = Rig.with(this::overTransport, scene);
                Turn flood = rig.session.start("flood")) {
            flooding.await();
            for (int i = 0; i < 5; i++) {
                ZenSession other = rig.zen.open(SessionOptions.builder()
                        .timeouts(Timeouts.DEFAULT.withTurn(Duration.ofSeconds(20)))
                        .build());
                assertThat(other.run("Hi").text()).isEqualTo("there");
            }
            flood.interrupt();
            Played.of(flood).interrupted();
        }
    }
}
