/** Which OpenCode a command works with: a server, one that is launched, or the demo. */
@NullMarked
package dev.opencode4j.command.agent;

import org.jspecify.annotations.NullMarked;
