/** The agent over a server, against a server that misbehaves. */
@NullUnmarked
package dev.opencode4j.testkit.server;

import org.jspecify.annotations.NullUnmarked;
