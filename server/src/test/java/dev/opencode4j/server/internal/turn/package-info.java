@NullUnmarked
package dev.opencode4j.server.internal.turn;

import org.jspecify.annotations.NullUnmarked;
