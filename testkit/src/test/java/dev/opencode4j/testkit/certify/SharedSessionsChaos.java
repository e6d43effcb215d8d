package dev.opencode4j.testkit.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.core.Turn;
import dev.opencode4j.core.error.AgentException;
import dev.opencode4j.core.event.TurnCompleted;
import dev.opencode4j.core.event.TurnEnded;
import dev.opencode4j.core.event.TurnFailed;
import dev.opencode4j.core.event.TurnStarted;
import dev.opencode4j.core.interaction.PermissionRequest;
import dev.opencode4j.server.OpenCodeClient;
import dev.opencode4j.testkit.certify.PromptingProgram.Outcome;
import dev.opencode4j.testkit.certify.PromptingProgram.Policy;
import dev.opencode4j.testkit.model.ScriptedModel;
import dev.opencode4j.testkit.proxy.FaultyProxy;
import dev.opencode4j.testkit.real.OpenCodeVersion;
import dev.opencode4j.testkit.real.RealOpenCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Two programs with opposite policies and a person, all in the same sessions, through a network that fails: turns are
 * interrupted and closed, clients closed and sessions deleted at random moments.
 *
 * <p>{@link #main} is the long run of it; {@code benchmarks/shared-sessions} starts it.
 */
final class SharedSessionsChaos {

    private static final int SESSIONS = 5;
    private static final int WORKERS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** An abort has its patience, a pending permission stops the clock, and a machine that is busy has its pauses. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private final long seed;
    private final int turns;
    private final RealOpenCode server;
    private final ScriptedModel model;
    private final AtomicInteger started = new AtomicInteger();
    private final List<PromptingProgram> programs = new ArrayList<>();
    private String story = "";

    SharedSessionsChaos(RealOpenCode server, ScriptedModel model, long seed, int turns) {
        this.server = server;
        this.model = model;
        this.seed = seed;
        this.turns = turns;
        MarkedPrompt.teach(model);
    }

    /** Runs it, and fails if anything is not as promised. Threads that it leaves behind are in the caller's thread group. */
    void run() {
        try (FaultyProxy proxy = FaultyProxy.to(server.baseUri());
                OpenCodeClient direct = direct()) {
            SessionPool sessions = new SessionPool(direct, SESSIONS);
            for (Policy policy : Policy.values()) {
                programs.add(new PromptingProgram(proxy.baseUri(), server, policy, DEADLINE));
            }
            PromptingPerson person = new PromptingPerson(
                    direct(), seed, marker -> programs.stream().anyMatch(program -> program.isWorkingOn(marker)));
            Chaos faults = Chaos.begin(seed, proxy, server, Chaos.Deaths.NONE);
            try (person) {
                try (faults) {
                    prompt(sessions, person);
                }
                story = server.version() + ", seed " + seed + ", faults "
                        + faults.faults().size();
                programs.forEach(program -> program.close(Rig.BOUND));
                person.close(Rig.BOUND);
            }
            check(person, direct);
        }
    }

    private OpenCodeClient direct() {
        return OpenCodeClient.builder()
                .baseUrl(server.baseUri().toString())
                .username(RealOpenCode.USER)
                .password(server.password())
                .build();
    }

    private void prompt(SessionPool sessions, PromptingPerson person) {
        ExecutorService workers = Executors.newCachedThreadPool();
        ScheduledExecutorService moments = Executors.newScheduledThreadPool(4);
        try {
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (PromptingProgram program : programs) {
                for (int worker = 0; worker < WORKERS; worker++) {
                    Random random = new Random(seed * 31 + work.size());
                    work.add(CompletableFuture.runAsync(() -> prompt(program, sessions, moments, random), workers));
                }
            }
            Random random = new Random(seed * 31 - 1);
            CompletableFuture<Void> people =
                    CompletableFuture.runAsync(() -> promptAsPerson(person, sessions, random), workers);
            work.forEach(CompletableFuture::join);
            people.join();
        } finally {
            workers.shutdown();
            moments.shutdown();
        }
    }

    private void prompt(
            PromptingProgram program, SessionPool sessions, ScheduledExecutorService moments, Random random) {
        while (started.incrementAndGet() <= turns) {
            program.run(
                    sessions.any(random),
                    MarkedPrompt.any(random),
                    turn -> disturb(program, sessions, turn, moments, random));
        }
    }

    private static void disturb(
            PromptingProgram program,
            SessionPool sessions,
            Turn turn,
            ScheduledExecutorService moments,
            Random random) {
        int dice = random.nextInt(100);
        if (dice >= 40) return;
        Random place = new Random(random.nextLong());
        Runnable disturbance = dice < 20
                ? turn::interrupt
                : dice < 34 ? turn::close : dice < 37 ? program::replaceClient : () -> sessions.delete(place);
        moments.schedule(disturbance, random.nextInt(1200), TimeUnit.MILLISECONDS);
    }

    private void promptAsPerson(PromptingPerson person, SessionPool sessions, Random random) {
        try {
            while (started.get() < turns) {
                person.prompt(sessions.any(random), MarkedPrompt.any(random));
                Thread.sleep(random.nextInt(200, 2500));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(PromptingPerson person, OpenCodeClient direct) {
        Map<String, Integer> ends = new TreeMap<>();
        List<Throwable> wrong = new ArrayList<>();
        for (PromptingProgram program : programs) {
            List<Outcome> outcomes = program.outcomes();
            for (Outcome outcome : outcomes) {
                note(wrong, () -> check(outcome, direct));
                ends.merge(name(outcome), 1, Integer::sum);
            }
            note(
                    wrong,
                    () -> assertThat(person.foreign(program.answered(), isOf(outcomes)))
                            .as(story + ": requests of others that a program answered")
                            .isEmpty());
        }
        for (MarkedPrompt prompt : person.prompts()) {
            note(
                    wrong,
                    () -> assertThat(prompt.timesRun(model))
                            .as(story + ": " + prompt)
                            .isLessThanOrEqualTo(1));
        }
        System.out.println("[shared sessions] " + story + ", a person's prompts "
                + person.prompts().size() + ", permissions " + person.known() + ", ends " + ends);
        if (!wrong.isEmpty()) {
            AssertionError all = new AssertionError(wrong.size() + " findings, " + story + ": " + wrong.get(0));
            wrong.forEach(all::addSuppressed);
            throw all;
        }
        assertThat(ends).as(story).containsKeys("TurnCompleted", "TurnInterrupted");
        assertThat(person.known())
                .as(story + ": permission requests whose owner is known")
                .isPositive();
    }

    private static Predicate<String> isOf(List<Outcome> outcomes) {
        Set<String> own = new HashSet<>();
        outcomes.forEach(outcome -> own.add(outcome.prompt().marker()));
        return own::contains;
    }

    private static void note(List<Throwable> wrong, Runnable check) {
        try {
            check.run();
        } catch (AssertionError e) {
            wrong.add(e);
        }
    }

    private static String name(Outcome outcome) {
        TurnEnded end = (TurnEnded) outcome.events().get(outcome.events().size() - 1);
        return end instanceof TurnFailed failed
                ? failed.error().getClass().getSimpleName()
                : end.getClass().getSimpleName();
    }

    private void check(Outcome outcome, OpenCodeClient direct) {
        MarkedPrompt prompt = outcome.prompt();
        String about = story + ": " + prompt + " took " + outcome.took() + ": " + outcome.events();
        assertThat(outcome.events())
                .as(about)
                .filteredOn(TurnEnded.class::isInstance)
                .hasSize(1);
        assertThat(outcome.events().get(0)).as(about).isInstanceOf(TurnStarted.class);
        TurnEnded end = (TurnEnded) outcome.events().get(outcome.events().size() - 1);
        assertThat(outcome.took()).as(about).isLessThan(DEADLINE.plus(SLACK));
        if (!prompt.foreignMarkersIn(outcome.events().toString()).isEmpty()) {
            if (isStoredAsItsAnswer(prompt, direct, end)) return;
            throw new AssertionError(about + ": what is not its own; stored is " + stored(direct, end));
        }
        assertThat(prompt.foreignMarkersIn(end.result().toString())).as(about).isEmpty();
        for (PermissionRequest request : outcome.asked()) {
            assertThat(prompt.foreignMarkersIn(request.toString())).as(about).isEmpty();
            request.command().ifPresent(command -> assertThat(command).as(about).contains(prompt.marker()));
        }
        int ran = prompt.timesRun(model);
        assertThat(ran).as(about).isLessThanOrEqualTo(1);
        if (end instanceof TurnCompleted) {
            assertThat(ran).as(about).isEqualTo(1);
            assertThat(prompt.kind()).as(about).isNotIn(MarkedPrompt.Kind.OVERFLOWS, MarkedPrompt.Kind.REFUSED);
            assertThat(end.result().text()).as(about).contains(prompt.marker());
        }
        if (end instanceof TurnFailed failed) checkError(prompt, failed, about);
    }

    /**
     * Two prompts that arrive together are both read by the model, and before 1.16 the answer to the one may be stored as
     * the answer to the other: then that is what the turn gets.
     */
    private static boolean isStoredAsItsAnswer(MarkedPrompt prompt, OpenCodeClient direct, TurnEnded end) {
        try {
            return direct.messages().list(end.result().sessionId()).stream()
                    .filter(message ->
                            end.result().messageId().equals(message.info().parentId()))
                    .anyMatch(message ->
                            !prompt.foreignMarkersIn(message.parts().toString()).isEmpty());
        } catch (AgentException deleted) {
            return false;
        }
    }

    private static List<String> stored(OpenCodeClient direct, TurnEnded end) {
        try {
            return direct.messages().list(end.result().sessionId()).stream()
                    .map(message -> message.info().role() + ' ' + message.id() + " parent "
                            + message.info().parentId() + ' '
                            + MarkedPrompt.markersIn(message.parts().toString()))
                    .toList();
        } catch (AgentException deleted) {
            return List.of(deleted.reason());
        }
    }

    private static void checkError(MarkedPrompt prompt, TurnFailed failed, String about) {
        String reason = failed.error().reason();
        assertThat(reason).as(about).isNotBlank().doesNotContain("unexpected");
        assertThat(prompt.foreignMarkersIn(failed.error() + " " + failed.error().partial()))
                .as(about)
                .isEmpty();
        if (prompt.kind() != MarkedPrompt.Kind.REFUSED) {
            assertThat(reason).as(about).doesNotContain("scripted 400");
        }
    }

    /** Arguments: turns (2,000), the seed (by the clock), the versions (those certified). */
    public static void main(String[] arguments) {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime() % 1_000_000;
        List<OpenCodeVersion> versions = arguments.length > 2
                ? List.of(arguments[2].split(",")).stream()
                        .map(OpenCodeVersion::new)
                        .toList()
                : OpenCodeVersion.certified();
        for (OpenCodeVersion version : versions) {
            try (ScriptedModel model = ScriptedModel.start();
                    RealOpenCode server = RealOpenCode.start(version, model)) {
                ThreadsOfRun.run(() -> new SharedSessionsChaos(server, model, seed, turns).run());
            }
        }
    }
}
