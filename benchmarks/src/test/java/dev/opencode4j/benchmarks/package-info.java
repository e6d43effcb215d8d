@NullUnmarked
package dev.opencode4j.benchmarks;

import org.jspecify.annotations.NullUnmarked;
