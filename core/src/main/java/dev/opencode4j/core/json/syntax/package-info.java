/** The grammar of JSON and the bounds within which it is read, for all who read it. */
@NullMarked
package dev.opencode4j.core.json.syntax;

import org.jspecify.annotations.NullMarked;
