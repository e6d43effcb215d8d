@NullUnmarked
package dev.opencode4j.benchmarks.batch;

import org.jspecify.annotations.NullUnmarked;
