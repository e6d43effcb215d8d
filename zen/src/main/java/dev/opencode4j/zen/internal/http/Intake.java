package dev.opencode4j.zen.internal.http;

import dev.opencode4j.core.error.AgentException;
import org.jspecify.annotations.Nullable;

/** Takes in the body of an answer, on a thread of the HTTP client's at a time. */
interface Intake {

    /** How far an answer is. */
    enum Progress {
        /** More has to come. */
        OPEN,
        /** More may come, but nothing that has to. */
        FINISHED,
        /** Nothing more is wanted. */
        WHOLE
    }

    /**
     * Takes the next bytes, which are the intake's during the call only.
     *
     * @throws AgentException if the answer has failed
     */
    Progress take(byte[] bytes, int offset, int length);

    /**
     * Makes the outcome of it, once the body is over.
     *
     * @param cut why there is no more of it, or null if it ended as it should
     * @throws AgentException if the answer has failed
     */
    Outcome conclude(@Nullable Throwable cut);
}
