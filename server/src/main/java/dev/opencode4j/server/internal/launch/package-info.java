/** Processes of {@code opencode serve}: finding, starting, listening to and ending them. */
@NullMarked
package dev.opencode4j.server.internal.launch;

import org.jspecify.annotations.NullMarked;
