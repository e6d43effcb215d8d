package dev.opencode4j.core.spi;

import dev.opencode4j.core.part.Part;

/** A place in a reply that is being built. */
interface Slot {

    /** The part as it stands now. */
    Part snapshot();
}
