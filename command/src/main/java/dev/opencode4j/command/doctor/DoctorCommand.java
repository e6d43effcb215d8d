package dev.opencode4j.command.doctor;

import dev.opencode4j.command.agent.ModelText;
import dev.opencode4j.command.agent.NoOpenCodeException;
import dev.opencode4j.command.agent.Source;
import dev.opencode4j.command.agent.Upstream;
import dev.opencode4j.command.agent.Upstreams;
import dev.opencode4j.command.terminal.Caller;
import dev.opencode4j.command.terminal.Plain;
import dev.opencode4j.command.terminal.Standard;
import dev.opencode4j.command.terminal.Style;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.server.OpenCodeServer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything a turn needs and says what to fix. */
@Command(name = "doctor", description = "Check everything that a turn needs and say what to fix.")
public final class DoctorCommand implements Callable<Integer> {

    private static final int SUBJECT = 14;

    @Option(names = "--round-trip", description = "Prompt the model with a few words, too; that may cost something.")
    private boolean roundTrip;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "PROVIDER/MODEL",
            converter = ModelText.class,
            description = "The model of the round trip; by default the server's.")
    private @Nullable Model model;

    private final Caller caller;
    private final Upstreams upstreams;
    private boolean faulty;

    /** The command for a caller. */
    public DoctorCommand(Caller caller, Upstreams upstreams) {
        this.caller = caller;
        this.upstreams = upstreams;
    }

    @Override
    public Integer call() {
        faulty = false;
        Source<OpenCodeServer> source = find();
        if (source != null) check(source);
        return faulty ? 1 : 0;
    }

    private @Nullable Source<OpenCodeServer> find() {
        try {
            Source<OpenCodeServer> source = upstreams.findReal(null);
            tell(Finding.good("OpenCode", source.name()));
            return source;
        } catch (NoOpenCodeException e) {
            tell(Finding.bad("OpenCode", "none found", String.valueOf(e.getMessage())));
        } catch (AgentException e) {
            tell(Finding.bad("OpenCode", e.reason(), "Correct or unset OPENCODE_BIN."));
        } catch (IllegalArgumentException e) {
            tell(Finding.bad("OpenCode", String.valueOf(e.getMessage()), "Correct or unset OPENCODE_BASE_URL."));
        }
        return null;
    }

    private void check(Source<OpenCodeServer> source) {
        try (Upstream<OpenCodeServer> upstream = source.open()) {
            new Checkup(upstream.agent(), this::tell).run(roundTrip ? RoundTrip.of(model) : null);
        } catch (AgentException e) {
            tell(Finding.bad("Server", e.reason(), e.hint()));
        }
    }

    private void tell(Finding finding) {
        faulty |= finding.isBad();
        Style style = caller.style(Standard.OUTPUT);
        String sign = finding.mark().sign();
        String mark = switch (finding.mark()) {
            case GOOD -> style.good(sign);
            case NOTE -> style.warning(sign);
            case BAD -> style.bad(sign);
            case SKIPPED -> style.dim(sign);
        };
        String gap = " ".repeat(Math.max(1, SUBJECT - finding.subject().length()));
        caller.out().line(mark + ' ' + finding.subject() + gap + Plain.text(finding.words()));
        if (!finding.advice().isEmpty()) {
            caller.out().line(" ".repeat(SUBJECT + 2) + "→ " + Plain.text(finding.advice()));
        }
    }
}
