@NullUnmarked
package dev.opencode4j.command.batch;

import org.jspecify.annotations.NullUnmarked;
