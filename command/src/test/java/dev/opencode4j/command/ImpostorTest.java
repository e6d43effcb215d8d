package dev.opencode4j.command;

import dev.opencode4j.testkit.impostor.Impostor;
import org.junit.jupiter.api.AfterEach;

/** A test with an impostor of its own, and a console whose commands use it. */
abstract class ImpostorTest {

    final Impostor impostor = Impostor.start();
    final Console console = Console.of(impostor);

    @AfterEach
    void stop() {
        impostor.close();
    }
}
