/**
 * A network that fails when a test says so: {@link dev.opencode4j.testkit.proxy.FaultyProxy} stands between a client and
 * its server.
 */
@NullMarked
package dev.opencode4j.testkit.proxy;

import org.jspecify.annotations.NullMarked;
