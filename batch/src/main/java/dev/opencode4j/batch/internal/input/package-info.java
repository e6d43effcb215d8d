/** Prompts as they are read. */
@NullMarked
package dev.opencode4j.batch.internal.input;

import org.jspecify.annotations.NullMarked;
