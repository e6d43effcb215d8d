package dev.opencode4j.server.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opencode4j.core.error.ConnectionException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableTest {

    @TempDir
    Path folder;

    private Path executable(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theVariableComesFirstThenThePathThenTheHome() throws IOException {
        Path told = executable("told/oc");
        Path onPath = executable("b/opencode");
        Path installed = executable("home/.opencode/bin/opencode");
        Files.createDirectories(folder.resolve("a/opencode"));
        String path = folder.resolve("a") + File.pathSeparator + File.pathSeparator + folder.resolve("b");
        String home = folder.resolve("home").toString();
        assertThat(Executable.openCode(Map.of("OPENCODE_BIN", told.toString(), "PATH", path, "HOME", home)))
                .isEqualTo(told);
        assertThat(Executable.openCode(Map.of("PATH", path, "HOME", home))).isEqualTo(onPath);
        assertThat(Executable.openCode(Map.of("OPENCODE_BIN", " ", "HOME", home)))
                .isEqualTo(installed);
    }

    @Test
    void aVariableThatNamesNothingIsNotPassedOver() throws IOException {
        executable("b/opencode");
        String path = folder.resolve("b").toString();
        assertThatThrownBy(() -> Executable.openCode(Map.of("OPENCODE_BIN", "/nowhere/oc", "PATH", path)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("OPENCODE_BIN names no executable file");
    }
}
