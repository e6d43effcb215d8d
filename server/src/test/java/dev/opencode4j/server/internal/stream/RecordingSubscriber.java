package dev.opencode4j.server.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.server.internal.wire.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what it is told. */
class RecordingSubscriber implements Subscriber {

    final List<AgentException> ends = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    /** Waits until it has been told that; what came before is forgotten. */
    void await(String what) throws InterruptedException {
        String next;
        do {
            next = told.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("instead of " + what).isNotNull();
        } while (!next.equals(what));
    }

    /** Whether there is nothing more that it was told. */
    boolean isSilent() {
        return told.isEmpty();
    }

    @Override
    public void signal(Signal signal) {
        told.add("signal " + signal.sessionId());
    }

    @Override
    public void ready(long connection) {
        told.add("ready");
    }

    @Override
    public void damaged() {
        told.add("damaged");
    }

    @Override
    public void gap(long connection, AgentException cause) {
        told.add("gap");
    }

    @Override
    public void refused(AgentException cause) {
        told.add("refused");
    }

    @Override
    public void closed(AgentException cause) {
        ends.add(cause);
        told.add("closed");
    }
}
