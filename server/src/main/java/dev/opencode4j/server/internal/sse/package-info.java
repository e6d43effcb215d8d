/** Server-sent events: bytes to frames. */
@NullMarked
package dev.opencode4j.server.internal.sse;

import org.jspecify.annotations.NullMarked;
