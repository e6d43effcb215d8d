/** Requests for completions: one at a time, told apart into what may be asked again and what may not. */
@NullMarked
package dev.opencode4j.zen.internal.http;

import org.jspecify.annotations.NullMarked;
