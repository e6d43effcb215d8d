package dev.opencode4j.benchmarks.pipeline;

import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What everything else is measured by: Jackson going over the JSON of the recordings, token by token. */
final class Tokenizing {

    private final JsonFactory factory = new JsonFactory();
    private final List<RecordedStream> streams;
    private final List<List<RecordedStream.Frame>> frames;
    private final byte[] whole;

    Tokenizing(List<RecordedStream> streams) {
        this.streams = streams;
        this.frames = streams.stream().map(RecordedStream::frames).toList();
        this.whole = Joined.of(streams.stream().map(RecordedStream::json).toList());
    }

    /** Event by event, with a parser for each; how many tokens there were. */
    int eventByEvent() {
        int tokens = 0;
        for (int i = 0; i < streams.size(); i++) {
            byte[] bytes = streams.get(i).bytes();
            for (RecordedStream.Frame frame : frames.get(i)) tokens += tokens(bytes, frame.offset(), frame.length());
        }
        return tokens;
    }

    /** In one go, with one parser, which nobody who reads events can do; how many tokens there were. */
    int inOneGo() {
        return tokens(whole, 0, whole.length);
    }

    private int tokens(byte[] bytes, int offset, int length) {
        int tokens = 0;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            while (parser.nextToken() != null) tokens++;
        }
        return tokens;
    }
}
