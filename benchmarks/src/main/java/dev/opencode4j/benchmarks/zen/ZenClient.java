package dev.opencode4j.benchmarks.zen;

import dev.opencode4j.benchmarks.Usage;
import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.zen.Zen;
import dev.opencode4j.zen.ZenProvider;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/**
 * This client's side: all streams of a round at once, round after round, each with a subscriber that takes every delta
 * and a text of its own, which is checked. Prints {@code wall cpu characters}, in milliseconds: of the process up to the
 * end of the first round, and then of each other round alone. The model's address comes from the environment; arguments
 * are streams, words of each and rounds.
 */
public final class ZenClient {

    private ZenClient() {}

    public static void main(String[] args) {
        int streams = Integer.parseInt(args[0]);
        int words = Integer.parseInt(args[1]);
        long birth = ManagementFactory.getRuntimeMXBean().getStartTime();
        try (Zen zen = agent(System.getenv("OPENAI_BASE_URL"))) {
            long first = round(zen, streams, words);
            System.out.println(
                    (System.currentTimeMillis() - birth) + " " + Usage.cpu().toMillis() + " " + first);
            for (int i = 1; i < Integer.parseInt(args[2]); i++) System.out.println(measured(zen, streams, words));
        }
    }

    static Zen agent(String url) {
        return Zen.builder().provider(ZenProvider.at(URI.create(url))).build();
    }

    static String measured(Zen zen, int streams, int words) {
        long cpu = Usage.cpu().toMillis();
        long start = System.nanoTime();
        long characters = round(zen, streams, words);
        long wall = (System.nanoTime() - start) / 1_000_000;
        return wall + " " + (Usage.cpu().toMillis() - cpu) + " " + characters;
    }

    private static long round(Zen zen, int streams, int words) {
        CountDownLatch running = new CountDownLatch(streams);
        List<Heard> all = new ArrayList<>(streams);
        for (int number = 0; number < streams; number++) {
            AgentSession session = zen.open();
            Heard heard = new Heard(session, running);
            all.add(heard);
            Turn turn = session.start(ModelProcess.prompt(number, words));
            turn.publisher().subscribe(heard);
        }
        try {
            running.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long characters = 0;
        for (int number = 0; number < streams; number++) {
            String text = all.get(number).text.toString();
            if (!text.equals(String.join("", ModelProcess.words(number, words)))) {
                throw new IllegalStateException("stream " + number + " heard '" + text + "'");
            }
            characters += text.length();
        }
        return characters;
    }

    /** One stream's text. */
    private static final class Heard implements Flow.Subscriber<AgentEvent> {

        private final StringBuilder text = new StringBuilder();
        private final AgentSession session;
        private final CountDownLatch running;

        Heard(AgentSession session, CountDownLatch running) {
            this.session = session;
            this.running = running;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(AgentEvent event) {
            if (event instanceof TextDelta delta) text.append(delta.text());
        }

        @Override
        public void onError(Throwable error) {
            onComplete();
        }

        @Override
        public void onComplete() {
            session.close();
            running.countDown();
        }
    }
}
