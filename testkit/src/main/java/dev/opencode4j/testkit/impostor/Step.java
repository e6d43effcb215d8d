package dev.opencode4j.testkit.impostor;

/** One thing that an answer does. It must see to it that the turn proceeds, now or later, unless it is the end. */
@FunctionalInterface
interface Step {
    void run(Turn turn);
}
