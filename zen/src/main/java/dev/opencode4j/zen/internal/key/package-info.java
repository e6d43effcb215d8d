/** Where keys lie on a machine. */
@NullMarked
package dev.opencode4j.zen.internal.key;

import org.jspecify.annotations.NullMarked;
