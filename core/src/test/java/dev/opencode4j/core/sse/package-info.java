@NullUnmarked
package dev.opencode4j.core.sse;

import org.jspecify.annotations.NullUnmarked;
