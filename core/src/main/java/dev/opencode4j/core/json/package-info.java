/** Records, errors and lists as JSON, by one naming for all who write them. */
@NullMarked
package dev.opencode4j.core.json;

import org.jspecify.annotations.NullMarked;
