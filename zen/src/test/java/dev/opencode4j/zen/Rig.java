package dev.opencode4j.zen;

import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.Turn;
import dev.opencode4j.core.prompt.Prompt;
import dev.opencode4j.core.work.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An agent, one session and the other side, which does what a test says. Pauses between tries are noted, not waited for. */
final class Rig implements AutoCloseable {

    static final String KEY = "sk-very-secret-key-4711";

    final Peer peer;
    final Zen zen;
    final ZenSession session;
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    private Rig(Peer peer, UnaryOperator<ZenBuilder> settings, Timeouts timeouts) {
        this.peer = peer;
        zen = settings.apply(Zen.builder()
                        .provider(ZenProvider.at(peer.baseUrl()))
                        .apiKey(KEY)
                        .pause(pauses::add))
                .build();
        session = zen.open(SessionOptions.builder().timeouts(timeouts).build());
    }

    /** The settings of an agent that asks once, at an address that is no {@link Peer}'s or needs more than one. */
    static ZenBuilder once(URI url) {
        return Zen.builder().provider(ZenProvider.at(url)).retry(RetryPolicy.NONE);
    }

    static Rig playing(Peer.Scene... scenes) {
        return with(settings -> settings, scenes);
    }

    static Rig with(UnaryOperator<ZenBuilder> settings, Peer.Scene... scenes) {
        return new Rig(Peer.playing(scenes), settings, Timeouts.DEFAULT);
    }

    /** The default durations but for one or another, and one try. */
    static Rig within(UnaryOperator<Timeouts> timeouts, Peer.Scene... scenes) {
        return withinOver(settings -> settings, timeouts, scenes);
    }

    /** As the other one, with other settings too. */
    static Rig withinOver(UnaryOperator<ZenBuilder> settings, UnaryOperator<Timeouts> timeouts, Peer.Scene... scenes) {
        return new Rig(
                Peer.playing(scenes),
                builder -> settings.apply(builder.retry(RetryPolicy.NONE)),
                timeouts.apply(Timeouts.DEFAULT));
    }

    Played play(String text) {
        return play(Prompt.of(text));
    }

    Played play(Prompt prompt) {
        return play(session.start(prompt));
    }

    static Played play(Turn turn) {
        return Played.of(turn);
    }

    @Override
    public void close() {
        zen.close();
        peer.close();
    }
}
