/** What an event stream tells, whatever the dialect it was told in. */
@NullMarked
package dev.opencode4j.server.internal.wire;

import org.jspecify.annotations.NullMarked;
