/** The same work with this client and with the official JavaScript SDK. */
@NullMarked
package dev.opencode4j.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
