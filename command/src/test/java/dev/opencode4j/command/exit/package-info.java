@NullUnmarked
package dev.opencode4j.command.exit;

import org.jspecify.annotations.NullUnmarked;
