/** What the house's speed is measured with: one package for each of its bars. */
@NullMarked
package dev.opencode4j.benchmarks;

import org.jspecify.annotations.NullMarked;
