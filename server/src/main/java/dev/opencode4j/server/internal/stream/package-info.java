/** The one event stream of a server, shared by all turns and watches in the process. */
@NullMarked
package dev.opencode4j.server.internal.stream;

import org.jspecify.annotations.NullMarked;
