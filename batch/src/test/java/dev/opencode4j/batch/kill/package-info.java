@NullUnmarked
package dev.opencode4j.batch.kill;

import org.jspecify.annotations.NullUnmarked;
