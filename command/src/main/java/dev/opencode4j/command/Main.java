package dev.opencode4j.command;

import dev.opencode4j.command.agent.LocalInstallations;
import dev.opencode4j.command.terminal.Caller;

/** The program. */
public final class Main {

    private Main() {}

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new Opencode4j(Caller.ofThisProcess(), new LocalInstallations()).execute(arguments));
    }
}
