@NullUnmarked
package dev.opencode4j.core.bytes;

import org.jspecify.annotations.NullUnmarked;
