/** What a command of OpenCode's is told through its environment and its arguments. */
@NullMarked
package dev.opencode4j.cli.internal.config;

import org.jspecify.annotations.NullMarked;
