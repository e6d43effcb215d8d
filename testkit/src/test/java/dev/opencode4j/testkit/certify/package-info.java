/** What is certified of the client and the agent, with each real version of OpenCode. */
@NullMarked
package dev.opencode4j.testkit.certify;

import org.jspecify.annotations.NullMarked;
