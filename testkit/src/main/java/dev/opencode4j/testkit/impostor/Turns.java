package dev.opencode4j.testkit.impostor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From an accepted prompt to idle: which turn runs when, and what it answers. Loop-confined. */
final class Turns {

    /** How fast a server that finds its work never done answers again (22 answers in 1.5 s on 1.2.27). */
    private static final Duration AGAIN = Duration.ofMillis(70);

    private final World world;
    private final Deque<Script> scripted = new ArrayDeque<>();
    private final List<ReceivedPrompt> accepted = new ArrayList<>();
    private final List<ReceivedPrompt> started = new ArrayList<>();
    private Function<ReceivedPrompt, Answer> otherwise = Turns::echo;

    Turns(World world) {
        this.world = world;
    }

    private static Script echo(ReceivedPrompt prompt) {
        Script answer = Answer.text("You ", "said: ");
        for (String word : prompt.text().split("(?<= )", -1)) {
            answer = answer.text(word);
        }
        return answer;
    }

    void script(Script answer) {
        scripted.add(answer);
    }

    void otherwise(Function<ReceivedPrompt, Answer> function) {
        otherwise = function;
    }

    List<ReceivedPrompt> accepted() {
        return List.copyOf(accepted);
    }

    List<ReceivedPrompt> started() {
        return List.copyOf(started);
    }

    /** Takes a prompt in; null if it was refused, which only an error event tells. */
    @Nullable
    ReceivedPrompt accept(Conversation conversation, JsonNode body) {
        String agent = body.path("agent").asString("build");
        if (!world.settings().agents().contains(agent)) {
            String known = String.join(", ", world.settings().agents());
            error(conversation, "Agent not found: \"" + agent + "\". Available agents: " + known);
            error(conversation, "UnknownError: UnknownError\n    at SessionPrompt.createUserMessage");
            return null;
        }
        ReceivedPrompt prompt = store(conversation, body, agent);
        accepted.add(prompt);
        if (!prompt.noReply()) {
            dispatch(conversation, prompt);
        }
        return prompt;
    }

    private void error(Conversation conversation, String message) {
        ObjectNode error = Json.object().put("name", "UnknownError");
        error.putObject("data").put("message", message);
        world.announcer().error(conversation, error);
    }

    private ReceivedPrompt store(Conversation conversation, JsonNode body, String agent) {
        String id = body.path("messageID").asString(world.ids().message());
        conversation.hadFormat |= body.has("format");
        String defaultModel = world.settings().models().iterator().next();
        JsonNode asked = body.path("model");
        ObjectNode model = Json.object()
                .put("providerID", asked.path("providerID").asString(defaultModel.replaceFirst("/.*", "")))
                .put("modelID", asked.path("modelID").asString(defaultModel.replaceFirst("[^/]*/", "")));
        long now = System.currentTimeMillis();
        Message known = conversation.messages().get(id);
        if (known == null) {
            ObjectNode info = Json.object()
                    .put("id", id)
                    .put("sessionID", conversation.id())
                    .put("role", "user");
            info.putObject("time").put("created", now);
            info.put("agent", agent).set("model", model);
            known = new Message(info);
            conversation.messages().put(id, known);
        } else {
            known.info().putObject("time").put("created", now);
        }
        conversation.prompted(agent, model, world.settings().version());
        for (JsonNode part : body.path("parts")) {
            ObjectNode stored = Json.object().put("id", world.ids().part());
            part.properties().forEach(field -> stored.set(field.getKey(), field.getValue()));
            known.store(stored.put("sessionID", conversation.id()).put("messageID", id));
        }
        world.announcer().userMessage(conversation, known);
        return new ReceivedPrompt(conversation.id(), id, ReceivedPrompt.textOf(body), body);
    }

    private void dispatch(Conversation conversation, ReceivedPrompt prompt) {
        JsonNode model = world.message(conversation, prompt.messageId()).info().path("model");
        String name = model.path("providerID").asString() + "/"
                + model.path("modelID").asString();
        if (!world.settings().models().contains(name)) {
            world.announcer().busy(conversation);
            error(conversation, "Model not found: " + name + ".");
            tellIdle(conversation, Script.empty());
            error(conversation, "ProviderModelNotFoundError: Model not found: " + name + ".");
        } else if (conversation.running == null) {
            if (looksOld(conversation, prompt)) {
                nothingToDo(conversation);
            } else {
                begin(conversation, prompt);
            }
        } else if (!isAnswered(conversation, prompt)) {
            conversation.waiting.add(prompt);
        }
    }

    private void begin(Conversation conversation, ReceivedPrompt prompt) {
        if (isAnswered(conversation, prompt)) {
            nothingToDo(conversation);
        } else {
            run(conversation, prompt, answerTo(conversation, prompt));
        }
    }

    private void nothingToDo(Conversation conversation) {
        world.announcer().busy(conversation);
        tellIdle(conversation, Script.empty());
        conversation.tellIdle();
    }

    /** Older servers think a prompt answered whose id is below the newest answer's. */
    private boolean looksOld(Conversation conversation, ReceivedPrompt prompt) {
        Message last = conversation.lastAnswer();
        return world.settings().version().comparesMessageIds()
                && last != null
                && last.isCompleted()
                && prompt.messageId().compareTo(last.id()) < 0;
    }

    private static boolean isAnswered(Conversation conversation, ReceivedPrompt prompt) {
        return conversation.messages().values().stream()
                .anyMatch(
                        message -> message.info().path("parentID").asString("").equals(prompt.messageId())
                                && (conversation.running != null || message.isCompleted()));
    }

    private void run(Conversation conversation, ReceivedPrompt prompt, Script answer) {
        started.add(prompt);
        Turn turn = new Turn(world, conversation, prompt, answer);
        conversation.running = turn;
        turn.start();
    }

    private Script answerTo(Conversation conversation, ReceivedPrompt prompt) {
        Script own = conversation.scripted().poll();
        if (own != null) {
            return own;
        }
        Script next = scripted.poll();
        if (next != null) {
            return next;
        }
        try {
            return (Script) otherwise.apply(prompt);
        } catch (RuntimeException e) {
            return Answer.error("UnknownError", "The test's own answer to this prompt failed: " + e);
        }
    }

    void runChild(Conversation child, String prompt, Script answer, Consumer<String> onIdle) {
        ObjectNode body = Json.object();
        body.putArray("parts").addObject().put("type", "text").put("text", prompt);
        ReceivedPrompt received = store(child, body, "general");
        run(child, received, answer);
        Turn turn = child.running;
        child.whenIdle(() -> onIdle.accept(turn == null ? "" : turn.lastText()));
    }

    /** A turn came to its natural end. */
    void over(Turn turn, Script answer, ReceivedPrompt prompt) {
        Conversation conversation = turn.conversation();
        Message last = conversation.lastAnswer();
        boolean seemsUndone = world.settings().version().comparesMessageIds()
                && last != null
                && prompt.messageId().compareTo(last.id()) > 0;
        if (seemsUndone) {
            world.loop().schedule(AGAIN, () -> {
                if (conversation.running == turn) {
                    run(conversation, prompt, answerTo(conversation, prompt));
                }
            });
            return;
        }
        if (next(conversation)) {
            return;
        }
        tellIdle(conversation, answer);
        world.announcer().stragglers(conversation, world.message(conversation, prompt.messageId()));
        conversation.tellIdle();
    }

    void failed(Turn turn, Script answer) {
        Conversation conversation = turn.conversation();
        tellIdle(conversation, answer);
        if (!next(conversation)) {
            conversation.tellIdle();
        }
    }

    /** A recorded turn has told everything, its end included. */
    void replayed(Turn turn) {
        turn.conversation().status = null;
        if (!next(turn.conversation())) {
            turn.conversation().tellIdle();
        }
    }

    private boolean next(Conversation conversation) {
        conversation.running = null;
        ReceivedPrompt waiting = conversation.waiting.poll();
        if (waiting != null) {
            begin(conversation, waiting);
        }
        return waiting != null;
    }

    void tellIdle(Conversation conversation, Script answer) {
        conversation.status = null;
        switch (answer.idle()) {
            case TOLD -> world.announcer().idle(conversation);
            case LATE -> conversation.idleOwed = true;
            case NEVER, RECORDED -> {}
        }
    }

    void abort(Conversation conversation) {
        Turn running = conversation.running;
        if (running == null) {
            world.announcer().idle(conversation);
        } else {
            running.abort();
        }
    }
}
