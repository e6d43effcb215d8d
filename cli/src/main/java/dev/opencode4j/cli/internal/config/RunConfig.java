package dev.opencode4j.cli.internal.config;

import dev.opencode4j.core.error.UnsupportedFeatureException;
import dev.opencode4j.core.interaction.PermissionRule;
import dev.opencode4j.core.part.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenCode's configuration for one run. */
public final class RunConfig {

    /** The agent that carries a system prompt when no other agent is asked for. */
    public static final String AGENT = "opencode4j";

    private static final String PERMISSION = "permission";
    private static final String ANY = "*";

    private final CliSettings settings;
    private final Order order;
    private final ObjectNode config;

    private RunConfig(CliSettings settings, Order order) {
        this.settings = settings;
        this.order = order;
        this.config = JsonNodeFactory.instance.objectNode();
    }

    /**
     * The configuration of a run.
     *
     * @param tap the plugin that tells what happens
     * @param allow whether to allow what is not denied here, because no flag does
     */
    public static Json of(CliSettings settings, Order order, URI tap, boolean allow) {
        RunConfig run = new RunConfig(settings, order);
        merge(run.config, settings.inherited().node());
        merge(run.config, settings.config().node());
        run.addAgent();
        run.decidePermissions(allow);
        run.config.withArray("plugin").add(tap.toString());
        return Json.of(run.config);
    }

    /** The configuration of a command that only reads. */
    public static Json ofReading(CliSettings settings) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        merge(config, settings.inherited().node());
        merge(config, settings.config().node());
        return Json.of(config);
    }

    /** The agent to name on the command line, or null for OpenCode's own choice. */
    public static @Nullable String agentOf(CliSettings settings, Order order) {
        if (order.agent() != null) return order.agent();
        return system(settings, order) == null ? null : AGENT;
    }

    private static @Nullable String system(CliSettings settings, Order order) {
        return order.prompt().system() == null
                ? settings.system()
                : order.prompt().system();
    }

    private void addAgent() {
        String system = system(settings, order);
        Map<String, Boolean> tools = order.prompt().tools();
        if (tools.size() > 0) tools.forEach(config.withObjectProperty("tools")::put);
        if (system == null) return;
        String name = order.agent() == null ? AGENT : order.agent();
        ObjectNode agent = config.withObjectProperty("agent").withObjectProperty(name);
        if (name.equals(AGENT)) agent.put("mode", "primary");
        agent.put("prompt", system);
    }

    /** In the order in which OpenCode looks at them, the last match winning. */
    private void decidePermissions(boolean allow) {
        JsonNode own = config.path(PERMISSION);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (allow) all.put(ANY, "allow");
        if (own.isString()) all.set(ANY, own);
        else own.properties().forEach(entry -> put(all, entry.getKey(), entry.getValue()));
        addRules(all, order.options().rules());
        if (allow) allowWhatIsAsked(all);
        // Nobody can be asked: 1.2 would wait for an answer for ever.
        put(all, "question", JsonNodeFactory.instance.stringNode("deny"));
        config.set(PERMISSION, all);
    }

    private static void allowWhatIsAsked(ObjectNode permissions) {
        permissions.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode patterns) allowWhatIsAsked(patterns);
            else if ("ask".equals(entry.getValue().asString(""))) {
                entry.setValue(JsonNodeFactory.instance.stringNode("allow"));
            }
        });
    }

    private static void addRules(ObjectNode all, List<PermissionRule> rules) {
        String last = "";
        for (PermissionRule rule : rules) {
            JsonNode known = all.path(rule.permission());
            if (!rule.permission().equals(last)) {
                ObjectNode patterns = JsonNodeFactory.instance.objectNode();
                if (known.isString()) patterns.set(ANY, known);
                else if (known.isObject()) patterns.setAll((ObjectNode) known);
                else if (!known.isMissingNode()) throw notSortable(rule);
                refuseReordering(rules, rule);
                put(all, rule.permission(), patterns);
            }
            put(
                    (ObjectNode) all.path(rule.permission()),
                    rule.pattern(),
                    JsonNodeFactory.instance.stringNode(rule.action()));
            last = rule.permission();
        }
    }

    /** A configuration keeps the rules of one permission together; what stands between them would change places. */
    private static void refuseReordering(List<PermissionRule> rules, PermissionRule first) {
        int from = rules.indexOf(first);
        boolean over = false;
        for (PermissionRule rule : rules.subList(from, rules.size())) {
            if (!rule.permission().equals(first.permission())) over = true;
            else if (over) throw notSortable(first);
        }
    }

    private static UnsupportedFeatureException notSortable(PermissionRule rule) {
        return new UnsupportedFeatureException(
                "the command line takes the rules of one permission together; those of '" + rule.permission()
                        + "' are apart",
                null,
                null);
    }

    /** Puts it at the end: the order counts. */
    private static void put(ObjectNode object, String name, JsonNode value) {
        object.remove(name);
        object.set(name, value);
    }

    /** Objects are joined, lists are appended, the rest is replaced. */
    static void merge(ObjectNode base, JsonNode other) {
        other.properties().forEach(entry -> {
            JsonNode known = base.path(entry.getKey());
            JsonNode added = entry.getValue();
            if (known.isObject() && added.isObject()) merge((ObjectNode) known, added);
            else if (known.isArray() && added.isArray()) ((ArrayNode) known).addAll((ArrayNode) added);
            else base.set(entry.getKey(), added);
        });
    }
}
