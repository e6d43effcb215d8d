/** A thousand streams of chat completions at once: this client and the {@code openai} package for Node. */
@NullMarked
package dev.opencode4j.benchmarks.zen;

import org.jspecify.annotations.NullMarked;
