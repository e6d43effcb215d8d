package dev.opencode4j.benchmarks.pipeline;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.server.internal.stream.Subscriber;
import dev.opencode4j.server.internal.wire.Signal;

/** Hears nothing: its session is not in the recordings. */
enum Silent implements Subscriber {
    SUBSCRIBER;

    @Override
    public void ready(long connection) {}

    @Override
    public void gap(long connection, AgentException cause) {}

    @Override
    public void refused(AgentException cause) {}

    @Override
    public void closed(AgentException cause) {}

    @Override
    public void damaged() {}

    @Override
    public void signal(Signal signal) {
        throw new AssertionError("a foreign event came through: " + signal);
    }
}
