/** What a program that calls the command is told by its exit code. */
@NullMarked
package dev.opencode4j.command.exit;

import org.jspecify.annotations.NullMarked;
