package dev.opencode4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.server.internal.launch.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server when the program that started it ends without closing it. */
class LauncherDeathTest {

    @TempDir
    Path folder;

    @Test
    void itEndsWithTheProgram() throws Exception {
        try (Started started = start()) {
            started.program.getOutputStream().write('x');
            started.program.getOutputStream().close();
            started.server.onExit().get(20, TimeUnit.SECONDS);
            assertThat(started.program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void itEndsWhenTheProgramIsKilledWhereTheSystemSeesToIt() throws Exception {
        boolean guarded = Files.isExecutable(Path.of("/usr/bin/setpriv"));
        try (Started started = start()) {
            started.program.destroyForcibly();
            if (guarded) started.server.onExit().get(20, TimeUnit.SECONDS);
            else assertThat(started.server.isAlive()).isTrue();
        }
    }

    private Started start() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process program = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        ServerLauncherTest.binaryIn(folder).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        String pid = output.readLine();
        assertThat(pid).as("the server's process").isNotNull();
        return new Started(program, ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }

    private record Started(Process program, ProcessHandle server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            program.destroyForcibly();
            server.destroyForcibly();
        }
    }
}
