package dev.opencode4j.cli;

import java.io.IOException;
import java.nio.file.Path;

/** A program that starts a turn and ends, when it is told to, without closing anything. */
final class Program {

    private Program() {}

    public static void main(String[] arguments) throws IOException {
        OpenCodeCli agent = OpenCodeCli.builder().binary(Path.of(arguments[0])).build();
        var unused = agent.open().start("hi");
        int told = System.in.read();
        System.exit(told);
    }
}
