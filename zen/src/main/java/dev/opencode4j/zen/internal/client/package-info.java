/** Requests over an HTTP client of the caller's own, for networks that need what {@code internal.net} lacks. */
@NullMarked
package dev.opencode4j.zen.internal.client;

import org.jspecify.annotations.NullMarked;
