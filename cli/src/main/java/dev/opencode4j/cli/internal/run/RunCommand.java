package dev.opencode4j.cli.internal.run;

import dev.opencode4j.cli.internal.config.CliSettings;
import dev.opencode4j.cli.internal.config.Flags;
import dev.opencode4j.cli.internal.config.Order;
import dev.opencode4j.cli.internal.config.RunConfig;
import dev.opencode4j.cli.internal.process.Command;
import dev.opencode4j.cli.internal.process.RunFolder;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.prompt.Model;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code opencode run} for one prompt, which is read from the standard input. */
final class RunCommand {

    private RunCommand() {}

    /** The command. Values are joined to their flags, so that none is taken for a flag. */
    static Command of(CliSettings settings, Flags flags, Order order, @Nullable String session, RunFolder folder)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(settings.binary().toString(), "run", "--format=json"));
        if (settings.directory() != null) line.add("--dir=" + settings.directory());
        if (session != null) line.add("--session=" + session);
        else if (order.options().title() != null)
            line.add("--title=" + order.options().title());
        String agent = RunConfig.agentOf(settings, order);
        if (agent != null) line.add("--agent=" + agent);
        addModel(line, order.model(), flags);
        for (Path file : Attachments.paths(order.prompt().attachments(), folder)) {
            flags.require("--file");
            line.add("--file=" + file);
        }
        String allowing = order.allowsAll() ? flags.allowing() : null;
        if (allowing != null) line.add(allowing);
        URI tap = Tap.write(folder.newFile("tap.js"));
        Json config = RunConfig.of(settings, order, tap, order.allowsAll() && allowing == null);
        Map<String, String> environment = settings.environment(config);
        environment.putAll(Tap.environment(order.prompt().text(), agent));
        return new Command(
                line, environment, settings.directory(), order.prompt().text());
    }

    private static void addModel(List<String> line, @Nullable Model model, Flags flags) throws InterruptedException {
        if (model == null) return;
        line.add("--model=" + model);
        if (model.variant() != null) {
            flags.require("--variant");
            line.add("--variant=" + model.variant());
        }
    }
}
