package dev.opencode4j.testkit.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine as OpenCode's npm packages name it. */
record Platform(String os, String arch, Processor processor) {

    /** Whether an x64 processor can run the usual build or needs the one without AVX2. */
    enum Processor {
        MODERN,
        WITHOUT_AVX2
    }

    static Platform here() {
        return of(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                processor(Path.of("/proc/cpuinfo")));
    }

    static Platform of(String os, String arch, Processor processor) {
        String lower = os.toLowerCase(Locale.ROOT);
        String name = lower.startsWith("mac") ? "darwin" : lower;
        String bits = switch (arch) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
        if (!(name.equals("linux") || name.equals("darwin")) || !(bits.equals("x64") || bits.equals("arm64"))) {
            throw new ProvisionException("OpenCode cannot be installed for tests on " + os + " " + arch, null);
        }
        return new Platform(name, bits, processor);
    }

    /** Reads the processor's flags; where the system does not tell them it is taken for modern. */
    static Processor processor(Path cpuInfo) {
        try {
            String info = Files.readString(cpuInfo);
            return info.contains("flags") && !info.contains(" avx2") ? Processor.WITHOUT_AVX2 : Processor.MODERN;
        } catch (IOException e) {
            return Processor.MODERN;
        }
    }

    String packageName() {
        String baseline = arch.equals("x64") && processor == Processor.WITHOUT_AVX2 ? "-baseline" : "";
        return "opencode-" + os + "-" + arch + baseline;
    }
}
