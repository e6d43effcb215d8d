/** The way of the bytes from the stream to a turn's consumer, against merely tokenising them. */
@NullMarked
package dev.opencode4j.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
