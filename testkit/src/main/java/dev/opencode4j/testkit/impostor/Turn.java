package dev.opencode4j.testkit.impostor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt being answered: a cursor over the steps of a {@link Script}. Each step is a task of its own on the loop, so
 * that turns interleave as they do on a real server, and a waiting turn costs nothing but its memory.
 */
final class Turn {

    private static final String SNAPSHOT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    private final World world;
    private final Conversation conversation;
    private final ReceivedPrompt prompt;
    private final Script answer;
    private final Set<ToolPart> openTools = new LinkedHashSet<>();
    private Message assistant;
    private @Nullable ObjectNode openText;
    private @Nullable Conversation subAgent;
    private StringBuilder text = new StringBuilder();
    private String lastText = "";
    private boolean stepStarted;
    private boolean toolsInStep;
    private boolean over;
    private int position;

    Turn(World world, Conversation conversation, ReceivedPrompt prompt, Script answer) {
        this.world = world;
        this.conversation = conversation;
        this.prompt = prompt;
        this.answer = answer;
        this.assistant = world.newAnswer(conversation, prompt);
    }

    World world() {
        return world;
    }

    Conversation conversation() {
        return conversation;
    }

    private Announcer announcer() {
        return world.announcer();
    }

    private Message user() {
        return world.message(conversation, prompt.messageId());
    }

    void start() {
        if (answer.idle() == Script.Idle.RECORDED) {
            conversation.status = Json.object().put("type", "busy");
            proceed();
            return;
        }
        announcer().busy(conversation);
        if (conversation.idleOwed) {
            conversation.idleOwed = false;
            announcer().idle(conversation);
        }
        announceStep();
        proceed();
    }

    private void announceStep() {
        stepStarted = false;
        toolsInStep = false;
        conversation.messages().put(assistant.id(), assistant);
        conversation
                .info()
                .putObject("summary")
                .put("additions", 0)
                .put("deletions", 0)
                .put("files", 0);
        user().info().putObject("summary").putArray("diffs");
        announcer().stepOpened(conversation, user(), assistant);
    }

    /** Goes on to the next step of the answer, after whatever else waits on the loop. */
    void proceed() {
        world.loop().execute(this::next);
    }

    private void next() {
        if (over) {
            return;
        }
        List<Step> steps = answer.steps();
        if (position < steps.size()) {
            steps.get(position++).run(this);
        } else {
            complete();
        }
    }

    private void complete() {
        if (toolsInStep) {
            nextStep();
        }
        finishStep(answer.finish());
        announcer().busy(conversation);
        end();
    }

    /** Ends the turn after a step that called tools, without the model having another say. */
    void endAfterTools() {
        finishStep("tool-calls");
        end();
    }

    private void end() {
        over = true;
        world.turns().over(this, answer, prompt);
    }

    /** Ends this model step for its tool calls, and begins another one with a new message. */
    void nextStep() {
        finishStep("tool-calls");
        announcer().busy(conversation);
        assistant = world.newAnswer(conversation, prompt);
        announceStep();
    }

    private void finishStep(String reason) {
        closeText();
        startStep();
        Usage usage = answer.usage();
        ObjectNode part =
                newPart().put("type", "step-finish").put("reason", reason).put("snapshot", SNAPSHOT);
        part.put("cost", usage.cost()).set("tokens", usage.json());
        changed(part);
        ObjectNode info = assistant.info();
        info.put("cost", usage.cost()).set("tokens", usage.json());
        info.put("finish", reason);
        announcer().message(conversation, assistant);
        conversation.charge(usage);
        completeMessage();
    }

    private void completeMessage() {
        ((ObjectNode) assistant.info().path("time")).put("completed", System.currentTimeMillis());
        announcer().message(conversation, assistant);
    }

    private ObjectNode newPart() {
        return Json.object()
                .put("id", world.ids().part())
                .put("sessionID", conversation.id())
                .put("messageID", assistant.id());
    }

    /** A part has a new state: it is stored and told. */
    void changed(ObjectNode part) {
        assistant.store(part);
        announcer().part(conversation, part);
    }

    private void startStep() {
        if (!stepStarted) {
            stepStarted = true;
            changed(newPart().put("type", "step-start").put("snapshot", SNAPSHOT));
        }
    }

    /** Streams a piece of text or reasoning, in the open part if it is one of the same type. */
    void stream(String type, String delta) {
        if (toolsInStep) {
            nextStep();
        }
        startStep();
        ObjectNode part = openText;
        if (part == null || !part.path("type").asString().equals(type)) {
            closeText();
            part = newPart().put("type", type).put("text", "");
            part.putObject("time").put("start", System.currentTimeMillis());
            openText = part;
            changed(part);
        }
        text.append(delta);
        announcer().delta(conversation, part, delta);
        proceed();
    }

    /** The open part of text or reasoning is told, and only now stored, whole. */
    void closeText() {
        ObjectNode part = openText;
        if (part == null) {
            return;
        }
        openText = null;
        lastText = text.toString();
        part.put("text", lastText);
        ((ObjectNode) part.path("time")).put("end", System.currentTimeMillis());
        text = new StringBuilder();
        changed(part);
    }

    String lastText() {
        return lastText;
    }

    ToolPart openTool(String name) {
        startStep();
        toolsInStep = true;
        ToolPart part = new ToolPart(this, newPart(), name, world.ids().call());
        openTools.add(part);
        return part;
    }

    void toolEnded(ToolPart part) {
        openTools.remove(part);
    }

    void subAgent(@Nullable Conversation child) {
        subAgent = child;
    }

    void structured(JsonNode value) {
        assistant.info().set("structured", value);
    }

    /** Ends the turn as a failed provider does: the error, idle, the failed message, and idle again. */
    void fail(ObjectNode error) {
        closeText();
        failed(error);
    }

    /** Ends the turn as an abort does, that of its sub-agent first. */
    void abort() {
        Conversation child = subAgent;
        if (child != null && child.running != null) {
            child.running.abort();
        }
        ObjectNode error = Json.object().put("name", "MessageAbortedError");
        error.putObject("data").put("message", "Aborted");
        conversation.waiting.clear();
        failed(error);
    }

    private void failed(ObjectNode error) {
        over = true;
        announcer().error(conversation, error);
        world.turns().tellIdle(conversation, answer);
        closeText();
        List.copyOf(openTools).forEach(ToolPart::aborted);
        assistant.info().set("error", error);
        completeMessage();
        world.turns().failed(this, answer);
    }

    String translated(String json, Recording recording) {
        return json.replace(recording.sessionId(), conversation.id()).replace(recording.promptId(), prompt.messageId());
    }

    /** The recorded turn is over: what it left behind is stored. */
    void storeRecorded(Recording recording) {
        over = true;
        for (JsonNode recorded : recording.messages()) {
            JsonNode message = Json.parse(translated(recorded.toString(), recording));
            Message stored = new Message((ObjectNode) message.path("info"));
            message.path("parts").forEach(part -> stored.store((ObjectNode) part));
            conversation.messages().put(stored.id(), stored);
        }
        world.turns().replayed(this);
    }

    boolean isOver() {
        return over;
    }

    /** Stops without a word, as when the process is killed. */
    void drop() {
        over = true;
    }
}
