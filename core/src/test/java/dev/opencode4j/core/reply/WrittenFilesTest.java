package dev.opencode4j.core.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.TextPart;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenFilesTest {

    @Test
    void aCompletedWriteIsAnArtifact() {
        WrittenFiles files = of(write("/work/docs/report.md", "# Été\n"));
        assertThat(files.artifacts()).containsExactly(new Artifact("/work/docs/report.md", "# Été\n", "text/markdown"));
        assertThat(files.artifacts().get(0).filename()).isEqualTo("report.md");
        assertThat(files.artifacts().get(0).bytes()).isEqualTo("# Été\n".getBytes(UTF_8));
        assertThat(files.onDisk()).isEmpty();
    }

    @Test
    void theLastWriteWins() { // 13.7 [V]: the oldest bytes were kept
        assertThat(of(write("/a.txt", "old"), write("/b.txt", "b"), write("/a.txt", "new"))
                        .artifacts())
                .containsExactly(
                        new Artifact("/b.txt", "b", "text/plain"), new Artifact("/a.txt", "new", "text/plain"));
    }

    @Test
    void equalNamesInTwoFoldersAreTwoFiles() { // 13.7 [V]: they collided
        assertThat(of(write("/one/a.txt", "1"), write("/two/a.txt", "2")).artifacts())
                .hasSize(2);
    }

    @Test
    void thePathThatTheToolFoundIsTheKey() { // recorded with 1.18.33: metadata.filepath
        ToolPart relative = write("a.txt", "old").toBuilder()
                .metadata(Json.of(Map.of("filepath", "/work/a.txt")))
                .build();
        assertThat(of(relative, write("/work/a.txt", "new")).artifacts())
                .containsExactly(new Artifact("/work/a.txt", "new", "text/plain"));
    }

    @Test
    void aFileOfBlanksOrOfNothingIsAFile() { // 13.7 [V]: whitespace was skipped
        assertThat(of(write("/a.txt", " \n"), write("/b.txt", "")).artifacts()).hasSize(2);
    }

    @Test
    void callsThatDidNotCompleteWroteNothing() {
        for (ToolStatus status : List.of(ToolStatus.PENDING, ToolStatus.RUNNING, ToolStatus.ERROR)) {
            assertThat(of(write("/a.txt", "a").toBuilder().status(status).build())
                            .artifacts())
                    .isEmpty();
        }
    }

    @Test
    void oddInputsWriteNothing() {
        for (String input : List.of(
                "{}",
                "[]",
                "\"x\"",
                "{\"filePath\":\"/a\"}",
                "{\"content\":\"a\"}",
                "{\"filePath\":\" \",\"content\":\"a\"}",
                "{\"filePath\":\"/a\",\"content\":7}",
                "{\"filePath\":{},\"content\":\"a\"}")) {
            ToolPart odd = write("/a", "a").toBuilder().input(Json.parse(input)).build();
            assertThat(of(odd)).as(input).isEqualTo(new WrittenFiles(List.of(), List.of()));
        }
    }

    @Test
    void otherToolsAndPartsAreNotLookedAt() {
        ToolPart read = write("/a.txt", "a").toBuilder().tool("read").build();
        assertThat(WrittenFiles.of(List.of(new TextPart("t", "", 0, "/a.txt"), read))
                        .artifacts())
                .isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsLeftOnTheDisk() {
        String most = "é".repeat(WrittenFiles.MAX_BYTES / 2);
        assertThat(of(write("/a.txt", most)).artifacts()).hasSize(1);
        WrittenFiles files = of(write("/a.txt", "small"), write("/a.txt", most + "x"));
        assertThat(files.artifacts()).isEmpty();
        assertThat(files.onDisk()).containsExactly("/a.txt");
    }

    @Test
    void patchedFilesAreOnTheDisk() { // 18: their content is told by no call
        assertThat(of(patch("/work/a.txt", "a.txt", "update"), patch("/work/b.txt", "b.txt", "delete")))
                .isEqualTo(new WrittenFiles(List.of(), List.of("a.txt")));
    }

    @Test
    void aFileThatIsPatchedAfterItWasWrittenIsNoLongerWhatWasWritten() {
        WrittenFiles files = of(write("/work/a.txt", "a"), patch("/work/a.txt", "a.txt", "update"));
        assertThat(files).isEqualTo(new WrittenFiles(List.of(), List.of("a.txt")));
        assertThat(of(write("/work/a.txt", "a"), patch("/work/a.txt", "a.txt", "delete")))
                .isEqualTo(new WrittenFiles(List.of(), List.of()));
    }

    @Test
    void aFileThatIsEditedAfterItWasWrittenIsNoLongerWhatWasWritten() {
        ToolPart edit = write("/a.txt", "").toBuilder().tool("edit").build();
        assertThat(of(write("/a.txt", "a"), edit)).isEqualTo(new WrittenFiles(List.of(), List.of("/a.txt")));
        assertThat(of(write("/a.txt", "a"), edit, write("/a.txt", "b")).artifacts())
                .containsExactly(new Artifact("/a.txt", "b", "text/plain"));
        assertThat(of(edit).onDisk()).isEmpty();
    }

    @Test
    void thePrintedFormHasNoContent() {
        assertThat(Artifact.of("C:\\work\\key.pem", "secret"))
                .hasToString("Artifact[C:\\work\\key.pem, application/octet-stream]");
        assertThat(Artifact.of("C:\\work\\key.pem", "secret").filename()).isEqualTo("key.pem");
    }

    private static WrittenFiles of(ToolPart... calls) {
        return WrittenFiles.of(List.of(calls));
    }

    private static ToolPart write(String path, String content) {
        return ToolPart.builder("x")
                .tool("write")
                .status(ToolStatus.COMPLETED)
                .input(Json.of(Map.of("filePath", path, "content", content)))
                .build();
    }

    private static ToolPart patch(String path, String relative, String type) {
        return ToolPart.builder("x")
                .tool("apply_patch")
                .status(ToolStatus.COMPLETED)
                .metadata(Json.of(
                        Map.of("files", List.of(Map.of("filePath", path, "relativePath", relative, "type", type)))))
                .build();
    }
}
