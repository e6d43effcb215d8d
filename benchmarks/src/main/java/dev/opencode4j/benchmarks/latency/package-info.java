/** How long the first text takes from the socket to the listener. */
@NullMarked
package dev.opencode4j.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
