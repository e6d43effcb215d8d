package dev.opencode4j.benchmarks;

import java.util.Locale;

/** A figure beside the limit that it has to keep; prints as a row of the table of bars, after a sign that it is one. */
public final class Bar {

    private Bar() {}

    /** Prints whether {@code figure} is at most {@code limit}, both in {@code unit}, which may be empty. */
    public static void atMost(String what, double figure, double limit, String unit) {
        System.out.printf(
                Locale.ROOT,
                "= | %s | %.2f%s | %.2f%s | %s | %.1f |%n",
                what,
                figure,
                unit,
                limit,
                unit,
                figure <= limit ? "met" : "**not met**",
                Usage.load());
    }
}
