/** Server-sent events: bytes to frames. */
@NullMarked
package dev.opencode4j.core.sse;

import org.jspecify.annotations.NullMarked;
