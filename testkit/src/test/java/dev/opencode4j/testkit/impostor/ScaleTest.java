package dev.opencode4j.testkit.impostor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScaleTest {

    private static final int TURNS = 2_000;

    @Test
    void twoThousandTurnsAtOnceCompleteWithoutAThreadEach() throws Exception {
        try (Impostor impostor = Impostor.start();
                Subscriber subscriber = Subscriber.to(impostor.url())) {
            subscriber.awaitType("server.connected", 1);
            Client client = new Client(impostor.url());
            impostor.otherwise(prompt -> Answer.text("a").hold("all are there").text("b"));
            List<String> sessions = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                sessions.add(impostor.openSession("turn " + i));
            }
            List<CompletableFuture<?>> prompts = new ArrayList<>();
            for (int i = 0; i < TURNS; i += 100) {
                for (String session : sessions.subList(i, i + 100)) {
                    prompts.add(
                            client.sendAsync("POST", "/session/" + session + "/prompt_async", Client.prompt(session)));
                }
                prompts.forEach(CompletableFuture::join);
            }
            assertThat(client.get("/session/status")).hasSize(TURNS);

            impostor.release("all are there");
            impostor.awaitIdle(Duration.ofSeconds(60));

            assertThat(client.get("/session/status")).isEmpty();
            for (String session : sessions) {
                assertThat(impostor.timesRun(session)).isEqualTo(1);
            }
            impostor.emit("{\"type\":\"the.end\"}");
            subscriber.await(all -> all.raw().contains("the.end"), Duration.ofSeconds(60));
            assertThat(subscriber.types().stream().filter("session.idle"::equals))
                    .hasSize(TURNS);
        }
    }
}
