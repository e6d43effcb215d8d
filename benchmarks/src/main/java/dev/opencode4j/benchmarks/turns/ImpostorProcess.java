package dev.opencode4j.benchmarks.turns;

import dev.opencode4j.testkit.impostor.Answer;
import dev.opencode4j.testkit.impostor.Impostor;
import java.io.IOException;

/** The impostor as a process. */
final class ImpostorProcess {

    /** The word that every turn says before it waits at the gate; then comes the prompt itself. */
    static final String WAITING = "waiting ";

    private static final String GATE = "all there";

    private ImpostorProcess() {}

    /** Says its address, opens the gate at the first line that it is given and ends with its input. */
    public static void main(String[] args) throws IOException {
        try (Impostor impostor = Impostor.start()) {
            impostor.otherwise(
                    prompt -> Answer.script().text(WAITING).hold(GATE).text(prompt.text()));
            System.out.println(impostor.url());
            while (System.in.read() >= 0) impostor.release(GATE);
        }
    }
}
