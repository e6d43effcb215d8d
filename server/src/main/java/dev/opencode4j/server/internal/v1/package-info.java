/**
 * The dialect of OpenCode's v1 protocol: the only place that knows its routes, event types and field names, so that
 * another protocol can join beside it.
 */
@NullMarked
package dev.opencode4j.server.internal.v1;

import org.jspecify.annotations.NullMarked;
