/** The parts of a reply: text, reasoning, tool calls, files. */
@NullMarked
package dev.opencode4j.core.part;

import org.jspecify.annotations.NullMarked;
