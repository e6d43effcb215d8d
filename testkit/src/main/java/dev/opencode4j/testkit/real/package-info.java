/**
 * Real OpenCode servers for tests: pinned versions, installed from npm into a cache and started apart from everything
 * that the machine holds.
 *
 * <p>{@link dev.opencode4j.testkit.real.RealOpenCode} is the way in.
 */
@NullMarked
package dev.opencode4j.testkit.real;

import org.jspecify.annotations.NullMarked;
