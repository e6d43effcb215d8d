package dev.opencode4j.core.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPartsTest {

    @Test
    void partsAreWrittenInTheFormThatIsDocumented() { // 24, with ids
        List<Part> parts = List.of(
                new TextPart("prt_1", "msg_1", 0, "Hello"),
                new ReasoningPart("prt_2", "msg_1", 1, "Hmm"),
                ToolPart.builder("prt_3")
                        .messageId("msg_1")
                        .index(2)
                        .callId("call_1")
                        .tool("question")
                        .status(ToolStatus.RUNNING)
                        .title("Asked")
                        .input(Json.parse("{\"questions\": [1.50]}"))
                        .metadata(Json.parse("{\"n\":1}"))
                        .output("Blue")
                        .requestId("que_1")
                        .startedAt(Instant.ofEpochMilli(5))
                        .finishedAt(Instant.ofEpochMilli(7))
                        .build(),
                new FilePart("prt_4", "msg_1", 3, "image/png", "a.png", URI.create("data:,a")),
                new UnknownPart("prt_5", "msg_1", 4, "patch", Json.parse("{\"hash\":\"x\"}")));
        assertThat(StoredParts.write(parts)).isEqualTo("""
                        [{"type":"text","id":"prt_1","messageID":"msg_1","content":"Hello"},\
                        {"type":"reasoning","id":"prt_2","messageID":"msg_1","content":"Hmm"},\
                        {"type":"tool","id":"prt_3","messageID":"msg_1","callID":"call_1","tool":"question",\
                        "status":"running","title":"Asked","input":{"questions": [1.50]},"metadata":{"n":1},\
                        "output":"Blue","requestID":"que_1","time":{"start":5,"end":7}},\
                        {"type":"file","id":"prt_4","messageID":"msg_1","mime":"image/png","filename":"a.png",\
                        "url":"data:,a"},\
                        {"type":"patch","id":"prt_5","messageID":"msg_1","raw":{"hash":"x"}}]""");
        assertThat(StoredParts.read(StoredParts.write(parts))).isEqualTo(parts);
    }

    @Test
    void whatIsBlankOrEmptyIsLeftOut() { // 9
        ToolPart bare = ToolPart.builder("prt_1")
                .tool("bash")
                .title(" ")
                .output("")
                .error("\n")
                .build();
        assertThat(StoredParts.write(List.of(bare)))
                .isEqualTo("[{\"type\":\"tool\",\"id\":\"prt_1\",\"tool\":\"bash\",\"status\":\"pending\"}]");
    }

    @Test
    void aLongErrorIsCut() { // 9
        ToolPart failed = ToolPart.builder("prt_1")
                .status(ToolStatus.ERROR)
                .error("e".repeat(201))
                .build();
        ToolPart read =
                (ToolPart) StoredParts.read(StoredParts.write(List.of(failed))).get(0);
        assertThat(read.error()).isEqualTo("e".repeat(197) + "...");
    }

    @Test
    void aPartMadeOfTodoEventsIsKnownAgain() { // 11
        ToolPart made = ToolPart.builder(PartSource.todoPartId(1))
                .index(0)
                .tool("todowrite")
                .status(ToolStatus.COMPLETED)
                .metadata(PartSource.todoMetadata())
                .build();
        String json = StoredParts.write(List.of(made));
        assertThat(json).contains("\"metadata\":{\"source\":\"todo.updated\"}");
        assertThat(StoredParts.read(json)).containsExactly(made);
        assertThat(StoredParts.read(json.replace("\"id\":\"todo-events:1\",", "")))
                .containsExactly(made);
    }

    @Test
    void partsThatWereStoredWithoutIdsAreGivenOnes() { // 24: another program's rows
        assertThat(StoredParts.read("""
                        [{"type": "text", "content": "a"},
                         {"type": "tool", "tool": "task", "status": "completed", "metadata": {"sessionId": "ses_2"}}]"""))
                .containsExactly(
                        new TextPart("stored:0", "", 0, "a"),
                        ToolPart.builder("stored:1")
                                .index(1)
                                .tool("task")
                                .status(ToolStatus.COMPLETED)
                                .metadata(Json.parse("{\"sessionId\":\"ses_2\"}"))
                                .build());
    }

    @Test
    void aTypeThatComesLaterIsKeptWhole() {
        String hologram = "{\"type\":\"hologram\",\"id\":\"prt_1\",\"depth\":3}";
        assertThat(StoredParts.read('[' + hologram + ']'))
                .containsExactly(new UnknownPart("prt_1", "", 0, "hologram", Json.parse(hologram)));
    }

    @Test
    void aFileWithAnOddAddressIsKeptAsItIs() {
        String file = "{\"type\":\"file\",\"id\":\"prt_1\",\"mime\":\"text/plain\",\"url\":\"a b\"}";
        assertThat(StoredParts.read('[' + file + ']'))
                .containsExactly(new UnknownPart("prt_1", "", 0, "file", Json.parse(file)));
    }

    @Test
    void whatIsNoPartIsLeftOut() {
        assertThat(StoredParts.read("[null, 1, \"x\", [], {}, {\"type\": 7}, {\"type\":\"text\",\"content\":\"a\"}]"))
                .containsExactly(new TextPart("stored:0", "", 0, "a"));
    }

    @Test
    void oddFieldsAreReadAsAbsent() {
        String odd = """
                [{"type":"tool","id":{},"tool":[],"status":3,"input":"x","metadata":null,"output":{},"time":5},
                 {"type":"tool","time":{"start":"now","end":1e99}},
                 {"type":"text","content":{}}]""";
        assertThat(StoredParts.read(odd))
                .containsExactly(
                        ToolPart.builder("stored:0").index(0).build(),
                        ToolPart.builder("stored:1").index(1).build(),
                        new TextPart("stored:2", "", 2, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "null", "[{", "[1] [2]", "\"text\"", "<html>"})
    void whatIsNoArrayHoldsNoParts(String json) {
        assertThat(StoredParts.read(json)).isEmpty();
    }

    @Test
    void nulCharactersAreReplaced() { // PostgreSQL: "\u0000 cannot be converted to text"
        ToolPart binary = ToolPart.builder("prt_1")
                .index(0)
                .output("a\0\0b\\u0000")
                .input(Json.of(List.of("\0", "\\\0")))
                .build();
        String json = StoredParts.write(List.of(binary));
        ToolPart read = (ToolPart) StoredParts.read(json).get(0);
        assertThat(read.output()).isEqualTo("a\uFFFD\uFFFDb\\u0000");
        assertThat(read.input()).isEqualTo(Json.of(List.of("\uFFFD", "\\\uFFFD")));
    }

    @Test
    void nothingIsAnEmptyArray() {
        assertThat(StoredParts.write(List.of())).isEqualTo("[]");
        assertThat(StoredParts.read("[]")).isEmpty();
    }

    @Test
    void inputThatIsNestedAsDeepAsItMayBeIsReadBack() {
        Json deepest = Json.parse("[".repeat(500) + "]".repeat(500));
        ToolPart tool =
                ToolPart.builder("prt_1").index(0).tool("x").input(deepest).build();
        assertThat(StoredParts.read(StoredParts.write(List.of(tool)))).containsExactly(tool);
    }

    @Test
    void aPartWhoseInputIsBeyondTheBoundsKeepsAllElse() {
        List<Part> parts = StoredParts.read(
                "[{\"type\":\"text\",\"id\":\"a\",\"content\":\"Hi\"},{\"type\":\"tool\",\"id\":\"b\",\"tool\":\"x\","
                        + "\"input\":{\"a\":1e9999999},\"output\":\"done\"}]");
        assertThat(parts).hasSize(2);
        assertThat(((ToolPart) parts.get(1)).input()).isEqualTo(Json.EMPTY);
        assertThat(((ToolPart) parts.get(1)).output()).isEqualTo("done");
    }
}
