package dev.opencode4j.zen.internal.turn;

import dev.opencode4j.core.work.Engine;
import dev.opencode4j.zen.internal.http.ChatTransport;

/**
 * What all turns of an agent are worked on with.
 *
 * @param transport asks for completions
 * @param engine threads and time
 * @param pause waits between two tries
 * @param settings what is asked for
 */
public record Workshop(ChatTransport transport, Engine engine, Pause pause, Settings settings) {}
