@NullUnmarked
package dev.opencode4j.server.internal.stream;

import org.jspecify.annotations.NullUnmarked;
