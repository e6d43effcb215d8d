/** How bad arguments are refused, before anything happens. */
@NullMarked
package dev.opencode4j.core.argument;

import org.jspecify.annotations.NullMarked;
