/** Ten thousand turns at once in one small heap. */
@NullMarked
package dev.opencode4j.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
