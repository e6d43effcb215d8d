/** Looking through bytes quickly. */
@NullMarked
package dev.opencode4j.core.bytes;

import org.jspecify.annotations.NullMarked;
