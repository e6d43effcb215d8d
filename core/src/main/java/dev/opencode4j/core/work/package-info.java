/** What an agent builds its turns with: one at a time, by a thread of its own, within its time. For those who write one. */
@NullMarked
package dev.opencode4j.core.work;

import org.jspecify.annotations.NullMarked;
