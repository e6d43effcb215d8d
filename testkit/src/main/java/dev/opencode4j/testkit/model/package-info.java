/**
 * A model that does what a prompt says: an OpenAI-compatible endpoint on loopback whose answers are chosen by a
 * {@code #word} in the prompt, and which counts what it was asked.
 *
 * <p>{@link dev.opencode4j.testkit.model.ScriptedModel} is the way in.
 */
@NullMarked
package dev.opencode4j.testkit.model;

import org.jspecify.annotations.NullMarked;
