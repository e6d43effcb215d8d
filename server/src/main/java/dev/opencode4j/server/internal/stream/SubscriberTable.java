package dev.opencode4j.server.internal.stream;

import dev.opencode4j.core.error.AgentException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Who subscribed to one event stream, and how its connection stands. Thread-safe.
 *
 * <p>Once closed it takes nobody in any more: whoever comes then needs another stream. What a listener throws is logged, and
 * kept from the others and from the thread that reads the stream.
 */
final class SubscriberTable {

    /** The key of those who observe all directories. */
    static final String WHOLE_SERVER = "";

    private static final System.Logger LOG = System.getLogger(SubscriberTable.class.getName());

    private final ListenerIndex<Subscriber> subscribers = new ListenerIndex<>();
    private final ListenerIndex<EventObserver> observers = new ListenerIndex<>();
    private final Set<StreamSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final LongSupplier numbers;
    private final LongSupplier clock;
    private boolean closed;
    private long unwatchedSince;
    private volatile long connection;
    private volatile boolean ready;
    private volatile long lastLife;

    /**
     * A table without subscribers.
     *
     * @param numbers counts connections
     * @param clock the time in nanoseconds
     */
    SubscriberTable(LongSupplier numbers, LongSupplier clock) {
        this.numbers = numbers;
        this.clock = clock;
        unwatchedSince = clock.getAsLong();
        lastLife = unwatchedSince;
    }

    /** Takes a subscription in; false if the stream is over. */
    synchronized boolean enter(StreamSubscription subscription) {
        if (closed) return false;
        subscriptions.add(subscription);
        return true;
    }

    synchronized void leave(StreamSubscription subscription) {
        if (subscriptions.remove(subscription)) unwatchedSince = clock.getAsLong();
    }

    synchronized boolean isUnwatchedFor(long nanos) {
        return subscriptions.isEmpty() && clock.getAsLong() - unwatchedSince >= nanos;
    }

    /** Takes nobody in from now on, if there is nobody in it; whether it is closed now. */
    synchronized boolean closeIfUnwatched() {
        if (subscriptions.isEmpty()) closed = true;
        return closed;
    }

    /** Takes nobody in from now on; those who were in it. */
    synchronized List<StreamSubscription> close() {
        closed = true;
        List<StreamSubscription> left = List.copyOf(subscriptions);
        subscriptions.clear();
        return left;
    }

    void add(String key, StreamListener listener) {
        if (listener instanceof EventObserver observer) observers.add(key, observer);
        else if (listener instanceof Subscriber subscriber) subscribers.add(key, subscriber);
    }

    void remove(String key, StreamListener listener) {
        if (listener instanceof EventObserver observer) observers.remove(key, observer);
        else if (listener instanceof Subscriber subscriber) subscribers.remove(key, subscriber);
    }

    ListenerIndex<Subscriber> subscribers() {
        return subscribers;
    }

    ListenerIndex<EventObserver> observers() {
        return observers;
    }

    /** All who observe anything of the stream. */
    Set<EventObserver> allObservers() {
        Set<EventObserver> all = new LinkedHashSet<>();
        for (StreamSubscription subscription : subscriptions) {
            if (subscription.listener() instanceof EventObserver observer) all.add(observer);
        }
        return all;
    }

    /** The number of the connection that is now tried. */
    long connecting() {
        long next = numbers.getAsLong();
        connection = next; // Only the reader writes it.
        return next;
    }

    void connected() {
        ready = true;
        long now = connection;
        tellAll(listener -> listener.ready(now));
    }

    /** Tells a newcomer. It may hear of a connection twice, or too late: the number shows it. */
    void tellIfReady(StreamListener listener) {
        long now = connection;
        if (ready) tell(listener, newcomer -> newcomer.ready(now));
    }

    void refused(AgentException cause) {
        tellAll(listener -> listener.refused(cause));
    }

    void damaged() {
        tellAll(StreamListener::damaged);
    }

    /** The server has forgotten what it did in a directory: no event may tell the turns there of their end. */
    void disposed(String directory) {
        for (StreamSubscription subscription : subscriptions) {
            boolean isTurn = subscription.listener() instanceof Subscriber;
            if (isTurn && subscription.isAbout(directory)) tell(subscription.listener(), StreamListener::damaged);
        }
    }

    /** Tells of a gap; false if there was none, because the connection never was ready. */
    boolean disconnected(long number, AgentException cause) {
        boolean was = ready;
        ready = false;
        if (was) tellAll(listener -> listener.gap(number, cause));
        return was;
    }

    void alive() {
        lastLife = clock.getAsLong();
    }

    long lastLife() {
        return lastLife;
    }

    private void tellAll(Consumer<StreamListener> message) {
        for (StreamSubscription subscription : subscriptions) tell(subscription.listener(), message);
    }

    /** Tells a listener; what it throws is its own affair. */
    static <L extends StreamListener> void tell(L listener, Consumer<? super L> message) {
        try {
            message.accept(listener);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "A listener of the event stream threw; the stream goes on.", e);
        }
    }
}
