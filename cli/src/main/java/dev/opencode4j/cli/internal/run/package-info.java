/** A turn by the command line: the run, what it tells, and how it ended. */
@NullMarked
package dev.opencode4j.cli.internal.run;

import org.jspecify.annotations.NullMarked;
