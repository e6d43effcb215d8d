@NullUnmarked
package dev.opencode4j.benchmarks.pipeline;

import org.jspecify.annotations.NullUnmarked;
