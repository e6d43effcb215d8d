package dev.opencode4j.command;

import dev.opencode4j.command.agent.Agents;
import dev.opencode4j.command.agent.Installations;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.batch.BatchCommand;
import dev.opencode4j.command.doctor.DoctorCommand;
import dev.opencode4j.command.exit.Complaint;
import dev.opencode4j.command.exit.ExitCode;
import dev.opencode4j.command.impostor.ImpostorCommand;
import dev.opencode4j.command.json.EventJson;
import dev.opencode4j.command.run.RunCommand;
import dev.opencode4j.command.sessions.SessionsCommand;
import dev.opencode4j.command.terminal.BrokenPipeException;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Standard;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The command line: what it is made of, and how it fails. */
@Command(
        name = "opencode4j",
        description = "Work with OpenCode, the coding agent.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {HelpCommand.class, GenerateCompletion.class})
public final class Opencode4j {

    private final Caller caller;
    private final CommandLine line;

    /** The command line for a caller on a machine. */
    public Opencode4j(Caller caller, Installations installations) {
        this.caller = caller;
        Upstreams upstreams = new Upstreams(caller, installations);
        line = new CommandLine(this);
        line.addSubcommand(new RunCommand(caller, upstreams));
        line.addSubcommand(new BatchCommand(caller, new Agents(caller, upstreams)));
        line.addSubcommand(new DoctorCommand(caller, upstreams));
        line.addSubcommand(SessionsCommand.line(caller, upstreams));
        line.addSubcommand(new ImpostorCommand(caller));
        line.getSubcommands().values().forEach(Opencode4j::explain);
        line.setOut(new PrintWriter(caller.out(), true));
        line.setErr(new PrintWriter(caller.err(), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(this::wrongArguments);
        line.setExecutionExceptionHandler((error, command, parsed) -> failed(error));
    }

    /** Runs the command that the arguments name, and returns its exit code. */
    public int execute(String... arguments) {
        try {
            return line.execute(arguments);
        } catch (BrokenPipeException e) {
            return ExitCode.BROKEN_PIPE.code();
        }
    }

    /** Gives a command and those below it an option for help, which tells the exit codes too. */
    private static void explain(CommandLine command) {
        command.getSubcommands().values().forEach(Opencode4j::explain);
        CommandSpec spec = command.getCommandSpec();
        if (spec.optionsMap().containsKey("--help") || spec.helpCommand()) return;
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
        spec.usageMessage().exitCodeList(ExitCode.table());
        spec.usageMessage().abbreviateSynopsis(true);
    }

    private int wrongArguments(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        boolean wantsJson =
                command.getCommand() instanceof RunCommand && List.of(arguments).contains(RunCommand.JSON);
        if (wantsJson)
            caller.out()
                    .line(new EventJson().failure(new IllegalArgumentException(error.getMessage()), EventJson.NOTHING));
        String complaint = "✗ " + error.getMessage() + "\n  See: "
                + command.getCommandSpec().qualifiedName() + " --help";
        caller.err().line(caller.style(Standard.ERROR).bad(complaint));
        if (arguments.length == 0) command.usage(command.getErr());
        return ExitCode.USAGE.code();
    }

    private int failed(Exception error) {
        if (!(error instanceof BrokenPipeException)) {
            caller.err().line(caller.style(Standard.ERROR).bad(Complaint.of(error)));
        }
        return error instanceof BrokenPipeException
                ? ExitCode.BROKEN_PIPE.code()
                : ExitCode.of(error).code();
    }
}
