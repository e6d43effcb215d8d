package dev.opencode4j.command.doctor;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.server.OpenCodeServer;
import dev.opencode4j.server.model.Health;
import dev.opencode4j.server.model.Providers;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a server, in the order in which they build on each other: after a fault the later ones say nothing new.
 *
 * @param agent the server
 * @param tell is told of each finding
 */
record Checkup(OpenCodeServer agent, Consumer<Finding> tell) {

    private static final Duration STREAM_WITHIN = Duration.ofSeconds(5);

    void run(@Nullable RoundTrip roundTrip) {
        if (!health() || !login() || !events()) return;
        models();
        if (roundTrip == null) {
            tell.accept(Finding.skipped("Round trip", "not tried; --round-trip sends a few words to the model"));
        } else {
            tell.accept(roundTrip.with(agent));
        }
    }

    private boolean health() {
        try {
            Health health = agent.client().health();
            if (!health.healthy()) {
                tell.accept(Finding.bad("Server", "it says that it is not well", "Look into its log, or restart it."));
                return false;
            }
            tell.accept(Finding.good("Server", "it answers"));
            tell.accept(version(health.version()));
            return true;
        } catch (AuthenticationException e) {
            tell.accept(refused());
        } catch (ConnectionException e) {
            tell.accept(Finding.bad(
                    "Server", e.reason(), "Start `opencode serve` there, or correct or unset OPENCODE_BASE_URL."));
        } catch (AgentException e) {
            tell.accept(Finding.bad("Server", e.reason(), e.hint()));
        }
        return false;
    }

    private static Finding version(String version) {
        boolean certified = OpenCodeVersion.certified().stream()
                .anyMatch(known -> known.number().equals(version));
        if (certified) return Finding.good("Version", version + " is certified");
        String known = OpenCodeVersion.certified().stream()
                .map(OpenCodeVersion::number)
                .collect(Collectors.joining(", "));
        return Finding.note(
                "Version",
                (version.isEmpty() ? "it does not tell" : version + " is not certified"),
                "It may work all the same; certified are " + known + '.');
    }

    private static Finding refused() {
        return Finding.bad(
                "Login",
                "the server wants a password, or another one",
                "Set OPENCODE_SERVER_PASSWORD, and OPENCODE_SERVER_USERNAME if the user is not 'opencode', to what the"
                        + " server was started with.");
    }

    private boolean login() {
        try {
            agent.client().sessions().statuses();
            tell.accept(Finding.good("Login", "the server lets us in"));
            return true;
        } catch (AuthenticationException e) {
            tell.accept(refused());
        } catch (AgentException e) {
            tell.accept(Finding.bad("Login", e.reason(), e.hint()));
        }
        return false;
    }

    private boolean events() {
        long start = System.nanoTime();
        try {
            agent.client().awaitEvents(STREAM_WITHIN);
            tell.accept(Finding.good(
                    "Event stream",
                    "ready after " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms"));
            return true;
        } catch (AgentException e) {
            tell.accept(Finding.bad(
                    "Event stream",
                    e.reason(),
                    "A proxy in between must not buffer: it has to pass events on at once."));
            return false;
        }
    }

    private void models() {
        try {
            Providers providers = agent.client().catalog().providers();
            long models = providers.providers().stream()
                    .mapToLong(provider -> provider.models().size())
                    .sum();
            if (models == 0) {
                tell.accept(Finding.bad("Models", "no provider can be used", "Run `opencode auth login`."));
            } else {
                tell.accept(Finding.good(
                        "Models",
                        models + " usable, providers: " + providers.providers().size()));
            }
        } catch (AgentException e) {
            tell.accept(Finding.bad("Models", e.reason(), e.hint()));
        }
    }
}
