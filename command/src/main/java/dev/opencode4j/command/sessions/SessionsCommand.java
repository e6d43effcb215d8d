package dev.opencode4j.command.sessions;

import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.terminal.Caller;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, shows and deletes sessions. */
@Command(
        name = "sessions",
        description = "List, show and delete sessions.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CommandLine.HelpCommand.class)
public final class SessionsCommand {

    private SessionsCommand() {}

    /** The command with its subcommands. */
    public static CommandLine line(Caller caller, Upstreams upstreams) {
        return new CommandLine(new SessionsCommand())
                .addSubcommand(new ListCommand(caller, upstreams))
                .addSubcommand(new ShowCommand(caller, upstreams))
                .addSubcommand(new DeleteCommand(caller, upstreams));
    }
}
