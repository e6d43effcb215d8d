package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository with some files, a history of two commits and a change that is not committed. */
record GitProject(Path directory) {

    static GitProject create(Path directory) throws IOException, InterruptedException {
        GitProject project = new GitProject(Files.createDirectories(directory).toRealPath());
        project.git("init", "--quiet");
        project.write("README.md", "# A project\n");
        project.write("src/Main.java", "class Main {}\n");
        project.commit("first");
        project.write("src/Other.java", "class Other {}\n");
        project.commit("second");
        project.write("README.md", "# A project\n\nWith a change.\n");
        return project;
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private void commit(String message) throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=somebody", "-c", "user.email=somebody@localhost", "commit", "--quiet", "-m", message);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process git = builder.start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("%s: %s", command, output).isZero();
    }
}
