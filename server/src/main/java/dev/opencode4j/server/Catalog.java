package dev.opencode4j.server;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.server.internal.http.Transport;
import dev.opencode4j.server.internal.v1.ProviderCodec;
import dev.opencode4j.server.internal.v1.ServerCodec;
import dev.opencode4j.server.internal.v1.ServerRoutes;
import dev.opencode4j.server.model.AgentInfo;
import dev.opencode4j.server.model.CommandInfo;
import dev.opencode4j.server.model.Providers;
import java.util.List;

/** What a server has to offer, and its configuration. {@link OpenCodeClient} says how the methods fail. Thread-safe. */
public final class Catalog {

    private final Transport transport;

    Catalog(Transport transport) {
        this.transport = transport;
    }

    /** Reads its agents, hidden ones too. */
    public List<AgentInfo> agents() {
        return transport.send(ServerRoutes.agents(), answer -> answer.read(ServerCodec::agents));
    }

    /** Reads its commands. */
    public List<CommandInfo> commands() {
        return transport.send(ServerRoutes.commands(), answer -> answer.read(ServerCodec::commands));
    }

    /** Reads the providers that can be used now, with their models. */
    public Providers providers() {
        return transport.send(ServerRoutes.providers(), answer -> answer.read(ProviderCodec::read));
    }

    /** Reads all providers that the server has heard of: megabytes. */
    public Providers knownProviders() {
        return transport.send(ServerRoutes.knownProviders(), answer -> answer.read(ProviderCodec::read));
    }

    /** Reads the configuration, with the keys that it holds. */
    public Json config() {
        return transport.send(ServerRoutes.config(), answer -> answer.read(ServerCodec::any));
    }

    /** Merges {@code change} into the configuration of the server's directory: into {@code config.json} there. */
    public void updateConfig(Json change) {
        transport.send(ServerRoutes.updateConfig(change), answer -> answer.read(ServerCodec::any));
    }
}
