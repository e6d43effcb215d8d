@NullMarked
package dev.opencode4j.benchmarks.zen;

import org.jspecify.annotations.NullMarked;
