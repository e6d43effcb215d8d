/** What a model can call: Java functions that are run for the caller, and definitions whose calls are handed to it. */
@NullMarked
package dev.opencode4j.zen.tool;

import org.jspecify.annotations.NullMarked;
