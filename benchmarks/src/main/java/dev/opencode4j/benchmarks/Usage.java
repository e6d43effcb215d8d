package dev.opencode4j.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/** What this process has used of processor and heap, and how such figures are put together. */
public final class Usage {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Usage() {}

    /** Processor time of the whole process: its compiler's and collector's too. */
    public static Duration cpu() {
        return Duration.ofNanos(SYSTEM.getProcessCpuTime());
    }

    /** Bytes of heap that are reachable; collects all garbage first, and twice, for what finalisation frees. */
    public static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** How many processes want a processor, averaged over a minute. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    /** The value below which {@code share} of the values lie. Sorts them. */
    public static double quantile(double[] values, double share) {
        Arrays.sort(values);
        return values[Math.min(values.length - 1, (int) (values.length * share))];
    }
}
