/** Batches that are killed. */
@NullMarked
package dev.opencode4j.benchmarks.batch;

import org.jspecify.annotations.NullMarked;
