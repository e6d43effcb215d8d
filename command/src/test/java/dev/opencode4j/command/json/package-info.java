@NullUnmarked
package dev.opencode4j.command.json;

import org.jspecify.annotations.NullUnmarked;
