package dev.opencode4j.testkit.certify;

import dev.opencode4j.testkit.proxy.FaultyProxy;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Faults one after the other, in an order that a seed decides, until somebody closes it. */
final class Chaos implements AutoCloseable {

    /** What may happen to a server. */
    enum Deaths {
        NONE,
        SOME
    }

    private final Random random;
    private final FaultyProxy proxy;
    private final RealOpenCode server;
    private final Deaths deaths;
    private final List<String> faults = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    private Chaos(long seed, FaultyProxy proxy, RealOpenCode server, Deaths deaths) {
        this.random = new Random(seed);
        this.proxy = proxy;
        this.server = server;
        this.deaths = deaths;
        this.thread = new Thread(this::rage, "chaos");
    }

    static Chaos begin(long seed, FaultyProxy proxy, RealOpenCode server, Deaths deaths) {
        Chaos chaos = new Chaos(seed, proxy, server, deaths);
        chaos.thread.start();
        return chaos;
    }

    private void rage() {
        try {
            for (int fault = 1; !over; fault++) {
                Thread.sleep(random.nextInt(200, 900));
                boolean deadly = deaths == Deaths.SOME && fault % 16 == 4;
                strike(deadly ? 100 : random.nextInt(100));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void strike(int dice) throws InterruptedException {
        if (dice >= 100) {
            during("death", () -> {}, server::restart);
        } else if (dice < 30) {
            during("cut", proxy::cut, () -> {});
        } else if (dice < 50) {
            during("lost answer", proxy::loseNextPostAnswer, () -> {});
        } else if (dice < 65) {
            during("stall", proxy::stall, proxy::resume);
        } else if (dice < 80) {
            during("pieces", () -> proxy.split(random.nextInt(1, 40)), proxy::whole);
        } else if (dice < 90) {
            during("delay", () -> proxy.delay(Duration.ofMillis(30)), () -> proxy.delay(Duration.ZERO));
        } else {
            during(
                    "refusal",
                    () -> {
                        proxy.refuse();
                        proxy.cut();
                    },
                    proxy::accept);
        }
    }

    private void during(String name, Runnable begin, Runnable end) throws InterruptedException {
        faults.add(name);
        begin.run();
        Thread.sleep(random.nextInt(50, 400));
        end.run();
    }

    /** The faults, in order. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Lets the last fault end. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
