@NullUnmarked
package dev.opencode4j.server.internal.v1;

import org.jspecify.annotations.NullUnmarked;
