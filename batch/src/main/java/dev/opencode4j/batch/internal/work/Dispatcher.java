package dev.opencode4j.batch.internal.work;

import dev.opencode4j.batch.BatchFailure;
import dev.opencode4j.batch.BatchListener;
import dev.opencode4j.batch.BatchProgress;
import dev.opencode4j.batch.BatchPrompt;
import dev.opencode4j.batch.BatchResult;
import dev.opencode4j.batch.BatchSummary;
import dev.opencode4j.batch.BatchSummary.Ending;
import dev.opencode4j.batch.OnBadLine;
import dev.opencode4j.batch.ProviderLimits;
import dev.opencode4j.batch.internal.input.Line;
import dev.opencode4j.batch.internal.input.Lines;
import dev.opencode4j.batch.internal.schedule.Schedule;
import dev.opencode4j.core.error.BadRequestException;
import dev.opencode4j.core.prompt.Model;
import dev.opencode4j.core.spi.Threads;
import dev.opencode4j.core.work.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings prompts and places together. All it knows is touched by its one thread, to which the others send word; nothing on
 * it waits for an agent.
 */
public final class Dispatcher {

    private final Settings settings;
    private final Equipment equipment;
    private final Reading reading;
    private final Schedule<Item> schedule;
    private final ExecutorService executor = Threads.perTask("opencode4j-batch");
    private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Set<Attempting> running = new HashSet<>();
    private BatchProgress progress = BatchProgress.NONE;
    private Ticker.Cancellable timer = () -> {};
    private boolean inputEnded;
    private boolean stoppedByBadLine;
    private boolean stopping;
    private boolean isSomethingLeft;
    private @Nullable Throwable broken;

    /** A dispatcher of the prompts in {@code lines}. */
    public Dispatcher(Lines lines, Settings settings, Equipment equipment) {
        this.settings = settings;
        this.equipment = equipment;
        this.schedule = new Schedule<>(settings.limits(), settings.ticker().nanoTime());
        this.reading = new Reading(
                lines,
                settings,
                line -> mailbox.add(() -> take(line)),
                failure -> mailbox.add(() -> inputEnded(failure)));
    }

    /** Starts no more and interrupts what runs. Returns at once; may be called by any thread. */
    public void interrupt() {
        mailbox.add(() -> {
            stopping = true;
            running.forEach(Attempting::interrupt);
        });
    }

    /**
     * Works until all is done that can be.
     *
     * @throws RuntimeException what broke the batch
     * @throws InterruptedException if the thread is interrupted
     */
    public BatchSummary run() throws InterruptedException {
        reading.start();
        try {
            while (!isOver()) {
                mailbox.take().run();
                startWhatMay();
            }
        } finally {
            timer.cancel();
            reading.stop();
            executor.shutdown();
        }
        if (broken != null) throw asUnchecked(broken);
        return new BatchSummary(now(), ending());
    }

    private boolean isOver() {
        boolean isWorkLeft = !inputEnded || schedule.waiting() > 0;
        return running.isEmpty() && (!mayStart() || !isWorkLeft);
    }

    private boolean mayStart() {
        return !stopping && broken == null;
    }

    private Ending ending() {
        if (stopping && (isSomethingLeft || !inputEnded || schedule.waiting() > 0)) return Ending.INTERRUPTED;
        return stoppedByBadLine ? Ending.BAD_LINE : Ending.COMPLETE;
    }

    private void take(Line line) {
        if (line instanceof Line.Bad bad) {
            reading.free();
            progress = progress.plusBadLine();
            stoppedByBadLine = settings.onBadLine() == OnBadLine.STOP;
            tell(listener -> listener.badLine(bad.line(), now()));
        } else if (line instanceof Line.Good good) {
            take(good.prompt());
        }
    }

    private void take(BatchPrompt prompt) {
        if (equipment.memory().isFinished(prompt.id())) {
            reading.free();
            progress = progress.plusFinishedBefore();
            tell(listener -> listener.finishedBefore(prompt.id(), now()));
            return;
        }
        String provider = provider(prompt);
        Item item = new Item(prompt, provider, equipment.memory().past(prompt.id()));
        if (schedule.isSatisfiable(provider)) schedule.add(provider, item);
        else refuse(item);
    }

    private String provider(BatchPrompt prompt) {
        Model model = prompt.model() == null ? equipment.options().model() : prompt.model();
        return model == null ? ProviderLimits.DEFAULT_PROVIDER : model.provider();
    }

    private void refuse(Item item) {
        String message = "provider '" + item.provider() + "' has a limit of 0: the prompt could only wait for ever";
        BatchFailure failure = new BatchFailure(BadRequestException.class.getSimpleName(), message);
        BatchResult result = item.failed(failure, null, null);
        try {
            equipment.memory().results().append(result);
            finished(result);
        } catch (IOException e) {
            breakOff(e);
        }
    }

    private void inputEnded(@Nullable Throwable failure) {
        inputEnded = true;
        if (failure != null) breakOff(failure);
    }

    private void startWhatMay() {
        while (mayStart() && running.size() < settings.parallel()) {
            Optional<Item> next = schedule.next(settings.ticker().nanoTime());
            if (next.isEmpty()) break;
            start(new Attempting(next.get(), equipment));
        }
        timer.cancel();
        OptionalLong wake = mayStart() && running.size() < settings.parallel()
                ? schedule.nextWake(settings.ticker().nanoTime())
                : OptionalLong.empty();
        if (wake.isPresent()) {
            timer = settings.ticker().schedule(Duration.ofNanos(wake.getAsLong()), () -> mailbox.add(() -> {}));
        }
    }

    private void start(Attempting attempting) {
        running.add(attempting);
        executor.execute(() -> {
            Verdict verdict = attempting.run();
            mailbox.add(() -> ended(attempting, verdict));
        });
    }

    private void ended(Attempting attempting, Verdict verdict) {
        running.remove(attempting);
        Item item = attempting.item();
        schedule.left(item.provider());
        if (verdict instanceof Verdict.Finished finished) {
            if (finished.result().isCompleted()) schedule.succeeded(item.provider());
            if (finished.notBefore() != null) coolDown(item.provider(), finished.notBefore());
            finished(finished.result());
        } else if (verdict instanceof Verdict.Again again) {
            schedule.againAt(settings.ticker().nanoTime() + again.pause().toNanos(), item.provider(), item);
            tell(listener -> listener.tryingAgain(item.id(), again.error(), again.pause()));
        } else if (verdict instanceof Verdict.Refused refused) {
            Duration pause = coolDown(item.provider(), refused.notBefore());
            schedule.again(item.provider(), item);
            tell(listener -> listener.tryingAgain(item.id(), refused.error(), pause));
        } else if (verdict instanceof Verdict.Broken cause) {
            breakOff(cause.cause());
        } else {
            isSomethingLeft = true;
        }
    }

    private Duration coolDown(String provider, Instant until) {
        Duration wait = Duration.between(equipment.clock().instant(), until);
        Duration pause = wait.isNegative() ? Duration.ZERO : wait;
        if (schedule.refused(provider, settings.ticker().nanoTime() + pause.toNanos())) {
            tell(listener -> listener.coolingDown(provider, until));
        }
        return pause;
    }

    private void finished(BatchResult result) {
        reading.free();
        progress = progress.plus(result);
        tell(listener -> listener.finished(result, now()));
    }

    private BatchProgress now() {
        return progress.with(running.size(), schedule.waiting());
    }

    private void tell(Consumer<BatchListener> word) {
        try {
            word.accept(settings.listener());
        } catch (RuntimeException | Error e) {
            breakOff(e);
        }
    }

    /** Starts no more. What runs goes on to its end, for it is paid for. */
    private void breakOff(Throwable cause) {
        if (broken == null) broken = cause;
        else if (broken != cause) broken.addSuppressed(cause);
    }

    private static RuntimeException asUnchecked(Throwable cause) {
        if (cause instanceof Error error) throw error;
        if (cause instanceof RuntimeException unchecked) return unchecked;
        if (cause instanceof IOException io) return new UncheckedIOException(io.getMessage(), io);
        return new IllegalStateException(cause);
    }
}
