/** The command {@code sessions}. */
@NullMarked
package dev.opencode4j.command.sessions;

import org.jspecify.annotations.NullMarked;
