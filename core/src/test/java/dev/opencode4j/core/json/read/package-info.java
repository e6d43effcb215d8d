@NullUnmarked
package dev.opencode4j.core.json.read;

import org.jspecify.annotations.NullUnmarked;
