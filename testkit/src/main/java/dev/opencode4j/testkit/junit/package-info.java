/**
 * JUnit support: tests that run against real OpenCode servers, once for each certified version.
 *
 * <p>{@link dev.opencode4j.testkit.junit.EachRealVersion} is the way in.
 */
@NullMarked
package dev.opencode4j.testkit.junit;

import org.jspecify.annotations.NullMarked;
