@NullUnmarked
package dev.opencode4j.command;

import org.jspecify.annotations.NullUnmarked;
