/** Tests of the command line agent. */
@NullMarked
package dev.opencode4j.cli;

import org.jspecify.annotations.NullMarked;
