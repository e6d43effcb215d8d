/**
 * The impostor: an OpenCode server that does what a test says, and fails in every way a real one cannot be made to.
 *
 * <p>Start at {@link dev.opencode4j.testkit.impostor.Impostor}. What it says is scripted with
 * {@link dev.opencode4j.testkit.impostor.Answer}, how it misbehaves with
 * {@link dev.opencode4j.testkit.impostor.Faults}.
 */
@NullMarked
package dev.opencode4j.testkit.impostor;

import org.jspecify.annotations.NullMarked;
