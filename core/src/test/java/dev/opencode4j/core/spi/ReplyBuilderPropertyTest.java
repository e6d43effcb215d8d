package dev.opencode4j.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.event.AgentEvent;
import dev.opencode4j.core.event.PartAdded;
import dev.opencode4j.core.event.PartFinished;
import dev.opencode4j.core.event.ReasoningDelta;
import dev.opencode4j.core.event.TextDelta;
import dev.opencode4j.core.event.ToolProgressed;
import dev.opencode4j.core.part.FilePart;
import dev.opencode4j.core.part.Json;
import dev.opencode4j.core.part.Part;
import dev.opencode4j.core.part.ToolPart;
import dev.opencode4j.core.part.ToolStatus;
import dev.opencode4j.core.part.UnknownPart;
import dev.opencode4j.core.reply.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for any reports in any order, any of them repeated or swapped with the next. Few ids, so that they meet. */
class ReplyBuilderPropertyTest {

    @Property(tries = 1000)
    void everyPartIsAddedOnceAndBeforeAnythingElseIsToldOfIt(@ForAll("reports") List<AgentEvent> reports) {
        Set<String> added = new HashSet<>();
        Map<String, Integer> places = new HashMap<>();
        for (AgentEvent event : ended(reports).told()) {
            if (event instanceof PartAdded first) {
                assertThat(added.add(first.part().id())).as("new: %s", event).isTrue();
                places.put(first.part().id(), first.part().index());
            } else if (idOf(event) != null) {
                assertThat(added).contains(idOf(event));
                assertThat(indexOf(event)).isEqualTo(places.get(idOf(event)));
            }
        }
    }

    @Property(tries = 1000)
    void aCallNeverLeavesATerminalStatus(@ForAll("reports") List<AgentEvent> reports) {
        Map<String, ToolStatus> ended = new HashMap<>();
        for (AgentEvent event : ended(reports).told()) {
            if (event instanceof ToolProgressed progressed) {
                ToolPart tool = progressed.tool();
                ToolStatus before = ended.get(tool.id());
                if (before != null) assertThat(tool.status()).isEqualTo(before);
                if (tool.status().isTerminal()) ended.put(tool.id(), tool.status());
            }
        }
    }

    @Property(tries = 1000)
    void whatIsToldFoldsIntoTheSameReply(@ForAll("reports") List<AgentEvent> reports) {
        Folded first = ended(reports);
        Folded second = ended(first.told());
        assertThat(second.reply()).isEqualTo(first.reply());
        assertThat(second.told()).isEqualTo(first.told());
    }

    @Property(tries = 1000)
    void aListenerThatOnlyAppendsAndReplacesHasTheReplysParts(@ForAll("reports") List<AgentEvent> reports) {
        Folded folded = ended(reports);
        List<Part> shown = new ArrayList<>();
        Map<Integer, StringBuilder> texts = new HashMap<>();
        for (AgentEvent event : folded.told()) {
            if (event instanceof PartAdded added) {
                assertThat(added.part().index()).isEqualTo(shown.size());
                shown.add(added.part());
            } else if (event instanceof PartFinished finished) {
                shown.set(finished.part().index(), finished.part());
                texts.remove(finished.part().index());
            } else if (event instanceof ToolProgressed progressed) {
                shown.set(progressed.tool().index(), progressed.tool());
            } else if (event instanceof TextDelta delta) {
                texts.computeIfAbsent(delta.index(), any -> new StringBuilder()).append(delta.text());
            } else if (event instanceof ReasoningDelta delta) {
                texts.computeIfAbsent(delta.index(), any -> new StringBuilder()).append(delta.text());
            }
        }
        Reply reply = folded.reply();
        for (int index = 0; index < shown.size(); index++) {
            Part part = reply.parts().get(index);
            assertThat(part.index()).isEqualTo(index);
            StringBuilder open = texts.get(index);
            if (open == null) assertThat(part).isEqualTo(shown.get(index));
            else assertThat(GrowingText.textOf(part)).isEqualTo(open.toString());
        }
        assertThat(reply.parts()).hasSameSizeAs(shown);
    }

    private static Folded ended(List<AgentEvent> reports) {
        Folded folded = Folded.of(reports);
        folded.end();
        return folded;
    }

    private static @Nullable String idOf(AgentEvent event) {
        if (event instanceof PartFinished finished) return finished.part().id();
        if (event instanceof ToolProgressed progressed) return progressed.tool().id();
        if (event instanceof TextDelta delta) return delta.partId();
        return event instanceof ReasoningDelta delta ? delta.partId() : null;
    }

    private static int indexOf(AgentEvent event) {
        if (event instanceof PartFinished finished) return finished.part().index();
        if (event instanceof ToolProgressed progressed) return progressed.tool().index();
        if (event instanceof TextDelta delta) return delta.index();
        return ((ReasoningDelta) event).index();
    }

    @Provide
    Arbitrary<List<AgentEvent>> reports() {
        Arbitrary<List<AgentEvent>> reports = report().list().ofMaxSize(25);
        Arbitrary<List<Integer>> changes =
                Arbitraries.integers().between(0, 49).list().ofMaxSize(5);
        return Combinators.combine(reports, changes).as(ReplyBuilderPropertyTest::disturbed);
    }

    /** Below 25 a change repeats an event, above it swaps two neighbours. */
    private static List<AgentEvent> disturbed(List<AgentEvent> reports, List<Integer> changes) {
        List<AgentEvent> disturbed = new ArrayList<>(reports);
        for (int change : changes) {
            int at = change % 25;
            if (at + 1 >= disturbed.size()) continue;
            if (change < 25) disturbed.add(disturbed.get(at));
            else Collections.swap(disturbed, at, at + 1);
        }
        return disturbed;
    }

    private static Arbitrary<AgentEvent> report() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "c", "d", "todo-events:1");
        Arbitrary<String> texts = Arbitraries.of("", " ", "Hel", "Hello", "Hello ", "lo", "Other");
        Arbitrary<Part> parts = Arbitraries.oneOf(
                Combinators.combine(ids, texts).as(Folded::text),
                Combinators.combine(ids, texts).as(Folded::reasoning),
                Combinators.combine(ids, texts)
                        .as((id, text) -> new UnknownPart(id, "", Part.UNPLACED, "patch", Json.of(text))),
                ids.map(id -> new FilePart(id, "", Part.UNPLACED, "text/plain", null, URI.create("data:,a"))),
                calls());
        return Arbitraries.oneOf(
                parts.map(PartAdded::new),
                parts.map(PartFinished::new),
                calls().map(ToolProgressed::new),
                Combinators.combine(ids, texts).as(Folded::delta),
                Combinators.combine(ids, texts).as(Folded::thought),
                Combinators.combine(ids, Arbitraries.of("0.1", "0.25"))
                        .as((id, cost) -> Folded.step(id, 1, cost, "stop")),
                Arbitraries.of("Plan", "Rest").map(Folded::todos),
                Combinators.combine(Arbitraries.of("que_1", "que_2"), Arbitraries.of("call_0", "call_1", ""))
                        .as(Folded::asked));
    }

    private static Arbitrary<ToolPart> calls() {
        Arbitrary<ToolStatus> statuses = Arbitraries.of(
                ToolStatus.PENDING,
                ToolStatus.RUNNING,
                ToolStatus.COMPLETED,
                ToolStatus.ERROR,
                new ToolStatus("paused"));
        Arbitrary<Json> inputs =
                Arbitraries.of(Json.EMPTY, Json.parse("{\"tool\":\"x\"}"), Json.parse("{\"todos\":[]}"));
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d", "todo-events:1"),
                        Arbitraries.of("bash", "question", "todowrite", "todoread", "invalid", ""),
                        Arbitraries.of("call_0", "call_1", ""),
                        statuses,
                        inputs)
                .as((id, tool, callId, status, input) -> ToolPart.builder(id)
                        .tool(tool)
                        .callId(callId)
                        .status(status)
                        .input(input)
                        .build());
    }
}
