package dev.opencode4j.command.run;

import dev.opencode4j.command.agent.Agents;
import dev.opencode4j.command.agent.Errand;
import dev.opencode4j.command.agent.Source;
import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.agent.Via;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.core.interaction.QuestionPolicy;
import dev.opencode4j.core.prompt.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prompts an agent and shows its answer as it comes. */
@Command(
        name = "run",
        description = "Prompt an agent and watch it answer.",
        footer = "%nIt works with the server at OPENCODE_BASE_URL (with OPENCODE_SERVER_USERNAME and"
                + " OPENCODE_SERVER_PASSWORD) if that is set, else it launches the OpenCode on the PATH, else the one"
                + " that --install has fetched, else it shows a demo. It says on the error output which.")
public final class RunCommand implements Callable<Integer> {

    /** The option that turns the output into lines of JSON. */
    public static final String JSON = "--json";

    /** Far more than any turn has: a pager may hold the output up for hours. */
    private static final int EVENT_BUFFER = 1_000_000;

    @Parameters(arity = "1..*", paramLabel = "PROMPT", description = "The prompt; '-' reads it from standard input.")
    private List<String> words = List.of();

    @Mixin
    private Errand errand = new Errand();

    @Option(
            names = {"-s", "--session"},
            paramLabel = "ID",
            description = "Go on with this session; by default a new one.")
    private @Nullable String session;

    @Option(
            names = {"-p", "--permissions"},
            paramLabel = "ask|once|always|reject",
            description =
                    "What the agent is told when it asks for permission; by default ask on a terminal, which shows"
                            + " the whole command or change, else reject. always also allows whatever matches the agent's own"
                            + " patterns for it, such as 'echo *'.")
    private @Nullable Permissions permissions;

    @Option(names = "--install", description = "Use a pinned OpenCode; fetch it through npm if it is not there yet.")
    private boolean install;

    @Option(names = "--demo", description = "Use the built-in demo, whatever else there is.")
    private boolean demo;

    @Option(names = JSON, description = "Print one JSON object a line for each event; the last one is the end.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show thoughts and plans even if nobody watches, and troubles that were overcome.")
    private boolean verbose;

    private final Caller caller;
    private final Upstreams upstreams;
    private final Agents agents;

    /** The command for a caller. */
    public RunCommand(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
        this.agents = new Agents(caller, upstreams);
    }

    @Override
    public Integer call() {
        Screen screen = new Screen(caller);
        Person person = new Person(caller, screen);
        Output output = new AskingOutput(json ? new JsonOutput(screen) : new TextOutput(screen, detail()), person);
        return new Run(output, this::upstream, session).execute(this::prompt, () -> options(person));
    }

    private Detail detail() {
        if (verbose) return Detail.VERBOSE;
        return caller.isTerminal(Standard.ERROR) ? Detail.WATCHED : Detail.QUIET;
    }

    private Prompt prompt() {
        return Prompt.of(words.equals(List.of("-")) ? caller.readAll() : String.join(" ", words));
    }

    private Upstream<?> upstream() {
        Source<?> source = source(errand.directory());
        agents.announce(source);
        return source.open();
    }

    private Source<?> source(@Nullable Path in) {
        if (errand.via() != Via.SERVER && (demo || install)) {
            throw new IllegalArgumentException("--via: --demo and --install are servers");
        }
        if (errand.via() != Via.SERVER) return agents.find(errand.via(), in);
        if (demo) return upstreams.demo();
        return install ? upstreams.install(in) : upstreams.findOrDemo(in);
    }

    private SessionOptions options(Person person) {
        return errand.session()
                .permissions(permissions(person))
                .questions(errand.via() == Via.SERVER ? person.questions() : QuestionPolicy.reject())
                .eventBuffer(EVENT_BUFFER)
                .build();
    }

    private PermissionPolicy permissions(Person person) {
        if (errand.via() == Via.SERVER) return person.permissions(permissions == null ? Permissions.ASK : permissions);
        return switch (permissions == null ? Permissions.REJECT : permissions) {
            case ONCE -> PermissionPolicy.once();
            case ALWAYS -> PermissionPolicy.always();
            case REJECT -> PermissionPolicy.reject();
            case ASK -> throw new IllegalArgumentException("--permissions: only a server can ask");
        };
    }
}
