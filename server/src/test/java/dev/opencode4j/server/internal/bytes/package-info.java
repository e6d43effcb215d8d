@NullUnmarked
package dev.opencode4j.server.internal.bytes;

import org.jspecify.annotations.NullUnmarked;
