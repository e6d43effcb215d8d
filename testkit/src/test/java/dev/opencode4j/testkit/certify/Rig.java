package dev.opencode4j.testkit.certify;

import dev.opencode4j.core.AgentSession;
import dev.opencode4j.core.SessionOptions;
import dev.opencode4j.core.Timeouts;
import dev.opencode4j.core.interaction.PermissionPolicy;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.model.SessionStatus;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Our agent connected to a real server, and what a test asks of both. */
final class Rig implements AutoCloseable {

    /** How long anything may take on a slow machine. */
    static final Duration BOUND = Duration.ofSeconds(60);

    private final RequestCounts requests = new RequestCounts();
    private final OpenCodeServer agent;

    private Rig(RealOpenCode server, URI address) {
        agent = OpenCodeServer.of(OpenCodeClient.builder()
                .baseUrl(address.toString())
                .username(RealOpenCode.USER)
                .password(server.password())
                .instrumentation(requests)
                .build());
    }

    static Rig of(RealOpenCode server) {
        return new Rig(server, server.baseUri());
    }

    /** Reaches the server at another address, a proxy's. */
    static Rig through(URI address, RealOpenCode server) {
        return new Rig(server, address);
    }

    OpenCodeServer agent() {
        return agent;
    }

    OpenCodeClient client() {
        return agent.client();
    }

    RequestCounts requests() {
        return requests;
    }

    /** A session in which every permission is given once. */
    AgentSession open() {
        return open(options -> options.permissions(PermissionPolicy.once()));
    }

    AgentSession open(UnaryOperator<SessionOptions.Builder> options) {
        SessionOptions.Builder builder =
                SessionOptions.builder().title("certified").timeouts(Timeouts.DEFAULT.withTurn(BOUND));
        return agent.open(options.apply(builder).build());
    }

    /** A word that only one prompt has: servers and models are shared. */
    static String marker(String name) {
        return name + '-' + UUID.randomUUID().toString().substring(0, 8);
    }

    boolean isIdle(String sessionId) {
        return client().sessions()
                .statuses()
                .getOrDefault(sessionId, SessionStatus.IDLE)
                .isIdle();
    }

    void awaitIdle(String sessionId) {
        Eventually.holds("idle " + sessionId, BOUND, () -> isIdle(sessionId));
    }

    @Override
    public void close() {
        agent.close();
    }
}
