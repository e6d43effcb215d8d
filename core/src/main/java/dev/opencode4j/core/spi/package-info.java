/** For those who write an agent: the reply that builds itself from events, and the channel that carries events to their consumer. */
@NullMarked
package dev.opencode4j.core.spi;

import org.jspecify.annotations.NullMarked;
