/** How a program watches requests without standing in their way. */
@NullMarked
package dev.opencode4j.core.telemetry;

import org.jspecify.annotations.NullMarked;
