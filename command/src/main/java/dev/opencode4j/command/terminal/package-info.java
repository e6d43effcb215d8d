/** The caller's streams, and what is shown where. */
@NullMarked
package dev.opencode4j.command.terminal;

import org.jspecify.annotations.NullMarked;
