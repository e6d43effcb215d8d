/** OpenCode over HTTP: the client of a server, and the server as an agent. */
@NullMarked
package dev.opencode4j.server;

import org.jspecify.annotations.NullMarked;
