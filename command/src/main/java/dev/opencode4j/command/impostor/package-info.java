/** The command {@code impostor}. */
@NullMarked
package dev.opencode4j.command.impostor;

import org.jspecify.annotations.NullMarked;
