/** The files that remember what was begun and what is finished. */
@NullMarked
package dev.opencode4j.batch.internal.file;

import org.jspecify.annotations.NullMarked;
