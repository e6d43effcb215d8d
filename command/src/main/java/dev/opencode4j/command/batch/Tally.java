package dev.opencode4j.command.batch;

import dev.opencode4j.batch.BatchProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a batch is, in words.
 *
 * @param progress how far it is
 * @param total how many lines there are, or -1 if that is not known
 * @param elapsed since its start
 */
record Tally(BatchProgress progress, long total, Duration elapsed) {

    /** Lines that need no more work, whoever has done it. */
    long done() {
        return progress.finishedBefore() + progress.finished() + progress.badLines();
    }

    /** Prompts in a second, of this run alone: those that were finished before took no time. */
    private double rate() {
        double seconds = elapsed.toNanos() / 1e9;
        return seconds > 0 ? progress.finished() / seconds : 0;
    }

    /** A line, such as {@code 120 of 2,000 done, 3 failed, 12.3/s, $0.42, 2m 33s left}. */
    String line() {
        List<String> words = new ArrayList<>();
        words.add(number(done()) + (total < 0 ? "" : " of " + number(total)) + " done");
        if (progress.failed() > 0) words.add(number(progress.failed()) + " failed");
        words.add(rateText());
        words.add(cost());
        double rate = rate();
        if (total >= done() && rate > 0) {
            words.add(text(Duration.ofSeconds(Math.round((total - done()) / rate))) + " left");
        }
        return String.join(", ", words);
    }

    String rateText() {
        return String.format(Locale.ROOT, "%.1f/s", rate());
    }

    String cost() {
        BigDecimal cost = progress.cost();
        return "$" + cost.setScale(cost.compareTo(BigDecimal.ONE) < 0 ? 4 : 2, RoundingMode.HALF_UP);
    }

    /** What was done, in the end. */
    String summary() {
        List<String> words = new ArrayList<>();
        words.add(number(progress.completed()) + " completed");
        words.add(number(progress.failed()) + " failed");
        if (progress.reruns() > 0) words.add(number(progress.reruns()) + " run again");
        if (progress.finishedBefore() > 0) words.add(number(progress.finishedBefore()) + " finished before");
        if (progress.badLines() > 0) words.add(number(progress.badLines()) + " bad lines");
        words.add(number(progress.usage().total()) + " tokens");
        words.add(cost());
        words.add(text(elapsed));
        return String.join(", ", words);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) return seconds + "s";
        if (seconds < 3600) return seconds / 60 + "m " + seconds % 60 + "s";
        return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }
}
