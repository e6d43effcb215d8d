/** Who goes next, and when. */
@NullMarked
package dev.opencode4j.batch.internal.schedule;

import org.jspecify.annotations.NullMarked;
