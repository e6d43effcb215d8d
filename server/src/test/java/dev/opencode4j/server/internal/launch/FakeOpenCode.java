package dev.opencode4j.server.internal.launch;

import dev.opencode4j.server.OneAnswerServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** What the tests start in OpenCode's place. It does what the variable {@code FAKE} says. */
public final class FakeOpenCode {

    private FakeOpenCode() {}

    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        int port = Integer.parseInt(all.get(all.indexOf("--port") + 1));
        String mode = System.getenv().getOrDefault("FAKE", "");
        if (all.get(0).equals("hold")) hold(port);
        System.out.println("arguments " + all + " password " + System.getenv("OPENCODE_SERVER_PASSWORD"));
        switch (mode) {
            case "exit" -> {
                System.err.println("config " + System.getenv("OPENCODE_CONFIG_CONTENT") + System.getenv("MY_TOKEN"));
                System.exit(7);
            }
            case "mute" -> Thread.sleep(Long.MAX_VALUE);
            case "taken" -> takenTheFirstTime(port);
            case "noisy" -> shout(System.out);
            case "family" -> family();
            default -> {}
        }
        serve(port, mode.equals("open"));
    }

    @SuppressWarnings("resource") // It serves until the process ends.
    private static void serve(int port, boolean open) throws InterruptedException {
        String secret = "opencode:" + System.getenv("OPENCODE_SERVER_PASSWORD");
        String expected = "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        new OneAnswerServer(port, (request, connection) -> {
            if (!open && !expected.equals(request.header("authorization"))) {
                connection.answer(401, "", "");
                return;
            }
            if (request.target().equals("/die")) Runtime.getRuntime().halt(3);
            boolean asked = request.target().equals("/environment");
            connection.answer(
                    200, "application/json", asked ? environment() : "{\"healthy\":true,\"version\":\"fake\"}");
        });
        Thread.sleep(Long.MAX_VALUE);
    }

    private static String environment() {
        return "{\"home\":\"" + System.getenv("HOME") + "\",\"directory\":\""
                + Path.of("").toAbsolutePath() + "\",\"extra\":\"" + System.getenv("EXTRA") + "\"}";
    }

    private static void shout(PrintStream out) {
        String line = "n".repeat(1000);
        for (int i = 0; i < 5000; i++) out.println(line);
        out.println("the last line");
    }

    /** A child that ignores requests to end, and a grandchild. */
    private static void family() throws IOException {
        Process child = new ProcessBuilder("sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait; sleep 600")
                .redirectErrorStream(true)
                .start();
        System.out.println("child " + child.pid());
    }

    /** The first time another process gets the port; it keeps it until the test's marker is gone. */
    private static void takenTheFirstTime(int port) throws Exception {
        Path marker = Path.of(System.getenv("MARKER"));
        if (Files.exists(marker)) return;
        Files.createFile(marker);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeOpenCode.class.getName(),
                        "hold",
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        if (holder.getInputStream().read() < 0) throw new IOException("the holder did not hold");
        System.exit(1);
    }

    private static void hold(int port) throws Exception {
        try (ServerSocket held = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            System.out.println("held " + held.getLocalPort());
            Path marker = Path.of(System.getenv("MARKER"));
            for (int i = 0; i < 600 && Files.exists(marker); i++) Thread.sleep(50);
        }
        System.exit(0);
    }
}
