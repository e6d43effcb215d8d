/** The one event stream of a server and directory, shared by all turns in the process. */
@NullMarked
package dev.opencode4j.server.internal.stream;

import org.jspecify.annotations.NullMarked;
