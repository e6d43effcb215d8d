package dev.opencode4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run when the program that started it ends without closing it. */
class EndOfProgramTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void item22ARunAndItsChildrenEndWithTheProgram() throws Exception {
        Process program = start("sleep 600 & echo $! >> \"$DIR/pids\"; echo $$ >> \"$DIR/pids\"; wait");
        try {
            List<ProcessHandle> run = awaitPids(2);
            program.getOutputStream().write(0);
            program.getOutputStream().flush();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            await().atMost(SOON).until(() -> run.stream().noneMatch(ProcessHandle::isAlive));
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("opencode4j-cli-"));
            }
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void item22ARunEndsWhenTheProgramIsKilledWhereTheSystemSeesToIt() throws Exception {
        boolean guarded = Files.isExecutable(Path.of("/usr/bin/setpriv"));
        Process program = start("echo $$ >> \"$DIR/pids\"; while :; do sleep 0.1; done");
        ProcessHandle run = awaitPids(1).get(0);
        try {
            program.destroyForcibly();
            if (guarded) await().atMost(SOON).until(() -> !run.isAlive());
            else assertThat(run.isAlive()).isTrue();
        } finally {
            run.destroyForcibly();
        }
    }

    private Process start(String shell) throws Exception {
        Fake fake = new Fake(folder).run(shell);
        fake.builder();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.resolve("opencode").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<ProcessHandle> awaitPids(int count) {
        Fake fake = new Fake(folder);
        await().atMost(SOON).until(() -> fake.lines("pids").size() == count);
        return fake.lines("pids").stream()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
    }
}
