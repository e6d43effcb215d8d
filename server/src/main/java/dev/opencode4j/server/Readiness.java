package dev.opencode4j.server;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.error.AuthenticationException;
import dev.opencode4j.core.error.ConnectionException;
import dev.opencode4j.core.error.InterruptedTurnException;
import dev.opencode4j.core.error.ServerException;
import dev.opencode4j.server.internal.launch.LaunchPlan;
import dev.opencode4j.server.internal.launch.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a process that was started answers as the server that was meant. */
final class Readiness {

    private static final Duration ONE_TRY = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 50;

    private Readiness() {}

    static void await(ServerProcess process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (OpenCodeClient client = client(process, process.password());
                OpenCodeClient stranger = client(process, "wrong")) {
            while (!isReady(client, stranger)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new ConnectionException(
                            "opencode serve did not answer within " + limit.toMillis() + "ms" + process.quotedLog(),
                            null,
                            null);
                }
                failIfEnded(process);
            }
        }
    }

    private static OpenCodeClient client(ServerProcess process, String password) {
        return new ClientBuilder(Map.of())
                .baseUrl(process.url().toString())
                .username(LaunchPlan.USER)
                .password(password)
                .requestTimeout(ONE_TRY)
                .build();
    }

    /** A server that lets a stranger in is not ours: somebody else's got the port. */
    private static boolean isReady(OpenCodeClient client, OpenCodeClient stranger) {
        try {
            return client.health().healthy() && refuses(stranger);
        } catch (InterruptedTurnException e) {
            throw e;
        } catch (AgentException notYet) {
            return false;
        }
    }

    private static boolean refuses(OpenCodeClient stranger) {
        try {
            stranger.health();
            return false;
        } catch (AuthenticationException refused) {
            return true;
        }
    }

    /** Pauses, and throws if the process ends meanwhile. */
    private static void failIfEnded(ServerProcess process) {
        try {
            int code = process.exited().get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            String what = "opencode serve ended with " + code + " before it was ready" + process.quotedLog();
            if (isTaken(process.port())) throw new PortTakenException(what);
            throw ServerException.fatal(what, null);
        } catch (TimeoutException stillRunning) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process can't fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTurnException("interrupted while a server was started", null, e);
        }
    }

    private static boolean isTaken(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }
}
