package dev.opencode4j.testkit.real;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A version of OpenCode as npm names it.
 *
 * @param number such as {@code 1.18.33}
 */
public record OpenCodeVersion(String number) {

    // It becomes the name of a folder and an argument of npm. Stands before the constants that it checks.
    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[\\w.]+)?");

    /** The oldest version that is certified; its events carry no id. */
    public static final OpenCodeVersion V1_2_27 = new OpenCodeVersion("1.2.27");

    /** The last certified version whose turns depend on the order of message ids. */
    public static final OpenCodeVersion V1_15_13 = new OpenCodeVersion("1.15.13");

    /** The newest version that is certified. */
    public static final OpenCodeVersion V1_18_33 = new OpenCodeVersion("1.18.33");

    /** Checks the form. */
    public OpenCodeVersion {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("Not a version such as 1.18.33: " + number);
        }
    }

    /** The versions that this project is tested with, from old to new. */
    public static List<OpenCodeVersion> certified() {
        return List.of(V1_2_27, V1_15_13, V1_18_33);
    }

    /** The newest certified version. */
    public static OpenCodeVersion latest() {
        return V1_18_33;
    }

    /** The number alone. */
    @Override
    public String toString() {
        return number;
    }
}
