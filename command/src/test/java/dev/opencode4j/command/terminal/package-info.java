@NullUnmarked
package dev.opencode4j.command.terminal;

import org.jspecify.annotations.NullUnmarked;
