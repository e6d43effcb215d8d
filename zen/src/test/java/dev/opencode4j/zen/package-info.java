@NullMarked
package dev.opencode4j.zen;

import org.jspecify.annotations.NullMarked;
