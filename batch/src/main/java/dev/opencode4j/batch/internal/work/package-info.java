/** Runs the prompts, each in its place. */
@NullMarked
package dev.opencode4j.batch.internal.work;

import org.jspecify.annotations.NullMarked;
