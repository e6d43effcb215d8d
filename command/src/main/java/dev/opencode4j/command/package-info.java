/** The command line {@code opencode4j}. */
@NullMarked
package dev.opencode4j.command;

import org.jspecify.annotations.NullMarked;
