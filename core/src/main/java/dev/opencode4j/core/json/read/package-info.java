/** Reads JSON value by value, fast and forgiving, for those who are sent much of it and want little of that. */
@NullMarked
package dev.opencode4j.core.json.read;

import org.jspecify.annotations.NullMarked;
