@NullUnmarked
package dev.opencode4j.benchmarks.sidebyside;

import org.jspecify.annotations.NullUnmarked;
