package dev.opencode4j.benchmarks.batch;

import java.util.List;
import java.util.Map;

/** Where the prompts of a batch end up, and where they are counted. */
interface Witness extends AutoCloseable {

    /** What the command is told beside the files. */
    List<String> arguments();

    /** The command's environment. */
    Map<String, String> environment();

    /** How many prompts have come, all together. */
    int received();

    /** How often this one came. */
    int times(String prompt);

    @Override
    void close();
}
