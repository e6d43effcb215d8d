/** Turns: from a prompt to exactly one end. */
@NullMarked
package dev.opencode4j.server.internal.turn;

import org.jspecify.annotations.NullMarked;
