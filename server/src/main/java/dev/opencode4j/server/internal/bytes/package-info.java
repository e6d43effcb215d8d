/** Looking through bytes quickly. */
@NullMarked
package dev.opencode4j.server.internal.bytes;

import org.jspecify.annotations.NullMarked;
