@NullUnmarked
package dev.opencode4j.benchmarks.latency;

import org.jspecify.annotations.NullUnmarked;
