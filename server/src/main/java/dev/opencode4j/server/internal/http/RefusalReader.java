package dev.opencode4j.server.internal.http;

import dev.opencode4j.core.error.AgentException;

/** Knows how a server words its refusals: which of our errors an answer that is no success is. */
@FunctionalInterface
public interface RefusalReader {

    /** The error that {@code answer} tells. */
    AgentException read(Answer answer);
}
