package dev.opencode4j.batch.internal.input;

import dev.opencode4j.batch.BadLine;
import dev.opencode4j.batch.BatchPrompt;
import dev.opencode4j.batch.internal.file.ByteLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of an input, one after the other; of the earlier ones only the ids are kept. For one thread. */
public final class Lines {

    /** Reads what is next. */
    @FunctionalInterface
    private interface Source {

        /** The line of this number; null at the end. */
        @Nullable
        Line next(long number) throws IOException;
    }

    private final Source source;
    private final Set<String> ids = new HashSet<>();
    private long number;

    private Lines(Source source) {
        this.source = source;
    }

    /** Lines of JSON. */
    public static Lines of(InputStream in) {
        ByteLines bytes = new ByteLines(in::read);
        PromptParser parser = new PromptParser();
        return new Lines(number -> {
            byte[] line = bytes.next();
            return line == null ? null : parser.parse(line, number);
        });
    }

    /** Prompts, each as if it stood on a line. */
    public static Lines of(Stream<BatchPrompt> prompts) {
        Iterator<BatchPrompt> all = prompts.iterator();
        return new Lines(number -> all.hasNext() ? new Line.Good(all.next()) : null);
    }

    /** The next line that is not blank; null at the end. Blocks while there is nothing yet. */
    public @Nullable Line next() throws IOException {
        Line line;
        do {
            line = source.next(++number);
        } while (line instanceof Line.Blank);
        if (line instanceof Line.Good good && !ids.add(good.prompt().id())) {
            return new Line.Bad(new BadLine(number, "id '" + good.prompt().id() + "' has been used before"));
        }
        return line;
    }
}
