package dev.opencode4j.testkit.impostor;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What goes wrong. Every method takes effect before it returns, may be called from any thread, and answers this object,
 * so that faults can be piled up. Those of event streams concern every stream, those open and those to come, unless the
 * method says otherwise. {@link #heal()} ends them.
 */
public final class Faults {

    private final World world;
    private final RestFaults rest;
    private final Listener listener;

    Faults(World world, RestFaults rest, Listener listener) {
        this.world = world;
        this.rest = rest;
        this.listener = listener;
    }

    private Faults on(Consumer<Streams> change) {
        world.loop().run(() -> change.accept(world.streams()));
        return this;
    }

    private Faults with(Consumer<StreamFaults> change) {
        return on(streams -> change.accept(streams.faults()));
    }

    /** Ends all faults. What was frozen is sent; streams that were stalled or have vanished stay so. */
    public Faults heal() {
        world.loop().run(rest::clear);
        return on(Streams::heal);
    }

    /** Cuts all open streams, once what was sent before is out. */
    public Faults cut(Ending ending) {
        return on(streams -> streams.cut(ending));
    }

    /** Cuts all open streams after that many more events, once. */
    public Faults cutAfter(int events, Ending ending) {
        return on(streams -> streams.cutAfter(events, ending));
    }

    /** All open streams stay open and bring nothing more, no heartbeats either. New streams are well. */
    public Faults stall() {
        return on(Streams::stall);
    }

    /** As {@link #stall()}, after that many more events. */
    public Faults stallAfter(int events) {
        return on(streams -> streams.stallAfter(events));
    }

    /** Holds back what all open streams should bring, until {@link #thaw()}. */
    public Faults freeze() {
        return on(Streams::freeze);
    }

    /** Sends at once what was held back. */
    public Faults thaw() {
        return on(Streams::thaw);
    }

    /**
     * The host vanishes from all connections that are open now, and no peer is told: nothing is read from them any more
     * and nothing written, requests included. New connections are well.
     */
    public Faults vanish() {
        world.loop().run(() -> listener.connections().forEach(Connection::vanish));
        return this;
    }

    /** Sends streams in pieces of at most so many bytes, each a chunk and a write of its own. */
    public Faults splitEvery(int bytes) {
        return with(faults -> faults.splitEvery = bytes);
    }

    /** Ends the lines of streams so. */
    public Faults lineEnding(LineEnding ending) {
        return with(faults -> faults.lineEnding = ending);
    }

    /** Begins new streams with a byte order mark. */
    public Faults byteOrderMark() {
        return with(faults -> faults.byteOrderMark = true);
    }

    /** Spreads the JSON of each event over several {@code data} lines. */
    public Faults multiLineData() {
        return with(faults -> faults.multiLineData = true);
    }

    /** Puts a comment before each event. */
    public Faults commentBeforeEach() {
        return with(faults -> faults.commentBeforeEach = true);
    }

    /** Heartbeats come as comments, not as events, as some builds send them. */
    public Faults heartbeatsAsComments() {
        return with(faults -> faults.heartbeatsAsComments = true);
    }

    /** Sends each event that many times. */
    public Faults repeat(int times) {
        return with(faults -> faults.copies = times);
    }

    /** Swaps neighbouring events of parts: the second of a pair of updates or deltas comes first. */
    public Faults reorder() {
        return with(faults -> faults.reorder = true);
    }

    /** Loses the next events of that type, so many of them. */
    public Faults dropNext(int events, String type) {
        return with(faults -> faults.drops.put(type, events));
    }

    /** Loses all events of that type. */
    public Faults drop(String type) {
        return dropNext(Integer.MAX_VALUE, type);
    }

    /** Loses all idle events, both kinds. */
    public Faults dropIdle() {
        return with(faults -> faults.dropIdle = true);
    }

    /** Tells each new stream, whether it is true or not, that every session is idle. */
    public Faults idleOnConnect() {
        return with(faults -> faults.idleOnConnect = true);
    }

    /** New streams never say {@code server.connected}. */
    public Faults withoutConnected() {
        return with(faults -> faults.withoutConnected = true);
    }

    /** New streams do not say {@code server.connected} until {@link #releaseConnected()}. */
    public Faults holdConnected() {
        return with(faults -> faults.connectedHeld = true);
    }

    /** All open streams now say {@code server.connected}. */
    public Faults releaseConnected() {
        return on(Streams::releaseConnected);
    }

    /** Refuses all new streams with that status. */
    public Faults refuseStreams(int status) {
        return everyResponse(RecordedRequest.streams(), Response.error(status, "UnknownError", "No streams today."));
    }

    /** Answers the next request that matches with that response, and does nothing else about it. */
    public Faults nextResponse(Predicate<RecordedRequest> to, Response response) {
        return responses(1, to, response);
    }

    /** Answers the next so many requests that match with that response. */
    public Faults responses(int times, Predicate<RecordedRequest> to, Response response) {
        world.loop().run(() -> rest.instead(to, response, times));
        return this;
    }

    /** Answers all requests that match with that response. */
    public Faults everyResponse(Predicate<RecordedRequest> to, Response response) {
        return responses(Integer.MAX_VALUE, to, response);
    }

    /** Does what the next request that matches asks for, but closes the connection in place of answering. */
    public Faults loseNextAnswer(Predicate<RecordedRequest> to) {
        world.loop().run(() -> rest.loseAnswer(to));
        return this;
    }

    /** The next prompt is accepted and run, but its sender only sees the connection closed. */
    public Faults nextPromptAnswerLost() {
        return loseNextAnswer(RecordedRequest.prompts());
    }

    /** The next prompt is not accepted, and its sender only sees the connection closed. */
    public Faults nextPromptNotAccepted() {
        return nextResponse(RecordedRequest.prompts(), Response.closeWithoutAnswer());
    }
}
