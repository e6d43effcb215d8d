/** Requests and their answers. */
@NullMarked
package dev.opencode4j.server.internal.http;

import org.jspecify.annotations.NullMarked;
