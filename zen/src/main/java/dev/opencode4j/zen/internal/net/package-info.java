/** HTTP/1.1 for very many answers that are read at once: one thread, one selector. Knows nothing of what is said. */
@NullMarked
package dev.opencode4j.zen.internal.net;

import org.jspecify.annotations.NullMarked;
