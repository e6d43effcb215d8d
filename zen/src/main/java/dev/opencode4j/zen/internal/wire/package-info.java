/** The JSON of chat completions, both ways; the only place that knows its names. */
@NullMarked
package dev.opencode4j.zen.internal.wire;

import org.jspecify.annotations.NullMarked;
