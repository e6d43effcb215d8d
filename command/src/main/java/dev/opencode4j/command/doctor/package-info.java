/** The command {@code doctor}. */
@NullMarked
package dev.opencode4j.command.doctor;

import org.jspecify.annotations.NullMarked;
