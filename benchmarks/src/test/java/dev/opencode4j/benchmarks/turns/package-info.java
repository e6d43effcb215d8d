@NullUnmarked
package dev.opencode4j.benchmarks.turns;

import org.jspecify.annotations.NullUnmarked;
