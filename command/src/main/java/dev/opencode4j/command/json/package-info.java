/** Events and results as lines of JSON. */
@NullMarked
package dev.opencode4j.command.json;

import org.jspecify.annotations.NullMarked;
