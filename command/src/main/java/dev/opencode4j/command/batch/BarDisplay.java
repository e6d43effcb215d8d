package dev.opencode4j.command.batch;

import dev.opencode4j.command.terminal.Out;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar at the bottom of a terminal, which notes push up. */
final class BarDisplay implements Display {

    private static final String CLEAR = "\r\u001b[K";
    private static final int INTERVAL_MILLIS = 200;

    private final Out out;
    private final ProgressBar bar;

    /**
     * A bar that is drawn at once.
     *
     * @param columns how wide it may be
     * @param total where it is full, or -1 if nobody knows
     */
    BarDisplay(Out out, int columns, long total) {
        this.out = out;
        this.bar = new ProgressBarBuilder()
                .setTaskName("batch")
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new Line(out, columns - 1)) // In the last column some terminals break the line.
                .build();
    }

    @Override
    public void progress(Tally tally) {
        String failed = tally.progress().failed() > 0 ? ", " + tally.progress().failed() + " failed" : "";
        bar.setExtraMessage(' ' + tally.rateText() + ", " + tally.cost() + failed);
        bar.stepTo(tally.done());
    }

    @Override
    public void note(String line) {
        out.print(CLEAR + line + '\n');
    }

    @Override
    public void close() {
        bar.close();
    }

    private record Line(Out out, int width) implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public void accept(String text) {
            out.print(CLEAR + text.substring(0, Math.min(text.length(), width)));
        }

        @Override
        public void close() {
            out.print("\n");
        }
    }
}
