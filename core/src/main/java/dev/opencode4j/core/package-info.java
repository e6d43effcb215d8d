/** What a turn is: {@link dev.opencode4j.core.Agent agents}, their sessions and their turns. */
@NullMarked
package dev.opencode4j.core;

import org.jspecify.annotations.NullMarked;
