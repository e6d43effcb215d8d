@NullUnmarked
package dev.opencode4j.server.internal.sse;

import org.jspecify.annotations.NullUnmarked;
