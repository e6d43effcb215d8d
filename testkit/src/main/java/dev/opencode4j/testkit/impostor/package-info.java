/**
 * The impostor: an OpenCode server that does what a test says, and fails in every way a real one cannot be made to.
 *
 * <p>Start at {@link dev.opencode4j.testkit.impostor.Impostor}. What it says is scripted with
 * {@link dev.opencode4j.testkit.impostor.Answer}, how it misbehaves with
 * {@link dev.opencode4j.testkit.impostor.Faults}; what reached it is told by {@code requests()},
 * {@code promptsAccepted()} and {@code timesRun()}. With JUnit, {@link
 * dev.opencode4j.testkit.impostor.ImpostorExtension} gives each test its own.
 *
 * <pre>{@code
 * impostor.nextTurn(Answer.text("Hello ").hold("middle").text("world"));
 * var reply = client.promptInTheBackground("Hi");
 * impostor.awaitHeld("middle", Duration.ofSeconds(10));
 * impostor.restart();                                   // every connection is cut, the turn goes on
 * impostor.release("middle");
 * assertThat(reply.get().text()).isEqualTo("Hello world");
 * assertThat(impostor.timesRun("Hi")).isEqualTo(1);
 * }</pre>
 *
 * <p>Its honest part was held against recordings of OpenCode 1.2.27 and 1.18.33. It has no model, runs no tool, touches
 * no file, and listens on loopback only.
 */
@NullMarked
package dev.opencode4j.testkit.impostor;

import org.jspecify.annotations.NullMarked;
