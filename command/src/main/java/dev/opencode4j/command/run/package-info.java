/** The command {@code run}. */
@NullMarked
package dev.opencode4j.command.run;

import org.jspecify.annotations.NullMarked;
