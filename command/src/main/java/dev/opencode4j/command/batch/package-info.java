/** The command {@code batch}: many prompts, and how far they are. */
@NullMarked
package dev.opencode4j.command.batch;

import org.jspecify.annotations.NullMarked;
