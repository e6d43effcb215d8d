/** What came of a turn: the reply, its usage and its cost. */
@NullMarked
package dev.opencode4j.core.reply;

import org.jspecify.annotations.NullMarked;
