/** Placeholder. */
@org.jspecify.annotations.NullMarked
package dev.opencode4j.core;
