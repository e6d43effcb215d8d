/** The agent over OpenCode's command line. */
@NullMarked
package dev.opencode4j.cli;

import org.jspecify.annotations.NullMarked;
