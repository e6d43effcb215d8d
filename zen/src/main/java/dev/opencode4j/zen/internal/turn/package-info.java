/** A conversation and its turns: history, tries, rounds of tools. */
@NullMarked
package dev.opencode4j.zen.internal.turn;

import org.jspecify.annotations.NullMarked;
