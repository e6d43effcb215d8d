package dev.opencode4j.core.spi;

import dev.opencode4j.core.part.Part;

/** A part that is reported whole each time: a tool call, a file, a part of an unknown type. */
record Whole(Part snapshot, boolean finished) implements Slot {}
