package dev.opencode4j.server.internal.turn;

import dev.opencode4j.core.work.ManualTicker;

/**
 * What the turns of one client in one session share.
 *
 * @param time the client's timer
 * @param server answers all of them
 * @param turns those that have not ended
 */
record OneClient(ManualTicker time, FakeUpstream server, LiveTurns turns) {

    static OneClient fresh() {
        ManualTicker time = new ManualTicker();
        return new OneClient(time, new FakeUpstream(OneTurn.SESSION, time), new LiveTurns());
    }
}
