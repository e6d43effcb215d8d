/** Commands of OpenCode's: starting them, feeding them, reading them, and ending them with all that they started. */
@NullMarked
package dev.opencode4j.cli.internal.process;

import org.jspecify.annotations.NullMarked;
