/** The same prompts through a server and through the command line. */
@NullMarked
package dev.opencode4j.benchmarks.ways;

import org.jspecify.annotations.NullMarked;
