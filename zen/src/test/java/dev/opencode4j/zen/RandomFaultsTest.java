package dev.opencode4j.zen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnFailed;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hundreds of requests over connections that are used again, to a server that adds bytes nobody asked for, closes and
 * half-closes at random moments: whatever an answer says, it says to its own request, and each request ends.
 */
class RandomFaultsTest {

    private static final int SESSIONS = 8;
    private static final int REQUESTS = 60;
    private static final String STRAY = RawServer.answer("stray");

    static Stream<Long> seeds() {
        return Stream.of(1L, 2L, 3L, ThreadLocalRandom.current().nextLong());
    }

    /** Something to be done to a connection. */
    @FunctionalInterface
    private interface Act {
        void run() throws IOException;
    }

    /**
     * A server whose faults are chosen by a seed; only their moments are the machine's. What looks like an answer comes
     * with another one, or between two rounds, when nothing was asked: else nobody could tell it from one.
     */
    private record Faults(Random random, Queue<Act> between) {

        /** Does what was left for the time between two rounds. */
        void pass() {
            for (Act act = between.poll(); act != null; act = between.poll()) {
                try {
                    act.run();
                } catch (IOException gone) {
                    // So is the client.
                }
            }
        }

        private synchronized int next(int bound) {
            return random.nextInt(bound);
        }

        void serve(Socket socket) throws Exception {
            var in = socket.getInputStream();
            for (var body = RawServer.request(in); body.isPresent(); body = RawServer.request(in)) {
                String prompt = JsonMapper.shared()
                        .readTree(body.get())
                        .at("/messages/0/content")
                        .asString();
                if (!answer(socket, prompt)) return;
            }
        }

        /** Whether the connection goes on. */
        private boolean answer(Socket socket, String prompt) throws Exception {
            String whole = next(2) == 0 ? RawServer.answer(prompt) : stream(prompt);
            switch (next(30)) {
                case 0 -> send(socket, whole + STRAY);
                case 1 -> send(socket, whole + "\r\n");
                case 2 -> send(socket, whole + "x");
                case 3 -> later(socket, whole, "\u0000garbage");
                case 4 -> later(socket, whole, "\r\n");
                case 5 -> {
                    send(socket, whole);
                    return false;
                }
                case 6 -> {
                    send(socket, whole);
                    socket.shutdownOutput();
                }
                case 7 -> {
                    send(socket, whole);
                    return reset(socket);
                }
                case 8 -> {
                    return false;
                }
                case 9 -> {
                    return reset(socket);
                }
                case 10 -> {
                    send(socket, whole.substring(0, 1 + next(whole.length() - 1)));
                    return next(2) == 0 && reset(socket);
                }
                case 11 -> send(socket, RawServer.answer(prompt, "Connection: close"));
                case 12 -> send(socket, RawServer.answer(prompt, "Keep-Alive: timeout=1"));
                case 13, 14 -> between(socket, whole, () -> send(socket, STRAY));
                case 15 -> between(socket, whole, () -> send(socket, "\u0000"));
                case 16 -> between(socket, whole, socket::shutdownOutput);
                case 17 -> between(socket, whole, socket::close);
                default -> send(socket, whole);
            }
            return true;
        }

        /** The stray bytes come when the next request may be on its way: such ones are none of an answer. */
        private void later(Socket socket, String whole, String stray) throws IOException {
            send(socket, whole);
            for (int i = next(4); i > 0; i--) Thread.onSpinWait();
            send(socket, stray);
        }

        private void between(Socket socket, String whole, Act act) throws IOException {
            between.add(act);
            send(socket, whole);
        }

        private static void send(Socket socket, String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        private static boolean reset(Socket socket) throws IOException {
            socket.setSoLinger(true, 0);
            return false;
        }

        private static String stream(String prompt) {
            String events = "data: {\"choices\":[{\"delta\":{\"content\":\"" + prompt
                    + "\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
            return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(events.length()) + "\r\n" + events + "\r\n0\r\n\r\n";
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noAnswerReachesAnotherRequestAndEachRequestEnds(long seed) throws Exception {
        Faults faults = new Faults(new Random(seed), new ConcurrentLinkedQueue<>());
        CyclicBarrier round = new CyclicBarrier(SESSIONS, faults::pass);
        try (RawServer server = RawServer.playingSockets(faults::serve);
                Zen zen = Rig.once(server.url()).build()) {
            Queue<String> answered = new ConcurrentLinkedQueue<>();
            Queue<AgentException> failed = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                String name = "s" + i;
                Thread thread = new Thread(() -> ask(zen, name, round, answered, failed), "asks-" + name);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) thread.join();
            assertThat(answered.size() + failed.size()).as("seed %d", seed).isEqualTo(SESSIONS * REQUESTS);
            assertThat(answered).as("seed %d", seed).hasSizeGreaterThan(SESSIONS * REQUESTS / 2);
            assertThat(answered.stream().filter(RandomFaultsTest::isOfAnother))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(server.connections().size()).as("seed %d", seed).isLessThan(SESSIONS * REQUESTS);
        }
    }

    private static boolean isOfAnother(String promptAndAnswer) {
        String[] both = promptAndAnswer.split("=", 2);
        return !both[0].equals(both[1]);
    }

    private static void ask(
            Zen zen, String name, CyclicBarrier round, Queue<String> answered, Queue<AgentException> failed) {
        for (int i = 0; i < REQUESTS; i++) {
            String prompt = name + "." + i;
            try (ZenSession session = zen.open()) {
                Played played = Played.of(session.start(prompt));
                if (played.end() instanceof TurnCompleted)
                    answered.add(prompt + "=" + played.completed().text());
                else if (played.end() instanceof TurnFailed failure) failed.add(failure.error());
                round.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                return; // The counts tell.
            }
        }
    }
}
