@NullUnmarked
package dev.opencode4j.command.run;

import org.jspecify.annotations.NullUnmarked;
