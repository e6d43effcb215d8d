package dev.opencode4j.zen.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static boolean isAlive(Loop loop) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(ran::countDown);
        return ran.await(30, TimeUnit.SECONDS);
    }

    @Test
    void whatATaskThrowsConcernsThatTaskAlone() throws InterruptedException {
        try (Loop loop = new Loop()) {
            loop.execute(() -> {
                throw new IllegalStateException("a task that fails, as this test wants it");
            });
            assertThat(isAlive(loop)).isTrue();
            loop.execute(() -> {
                throw new AssertionError("a task that fails badly, as this test wants it");
            });
            loop.execute(() -> loop.afterwards(() -> {
                throw new OutOfMemoryError("no memory, says this test");
            }));
            assertThat(isAlive(loop)).isTrue();
        }
    }

    /** As a connection does that is read again because there is more: all others have their turn between. */
    @Test
    void aTaskThatComesAgainAndAgainHoldsNobodyUp() throws Exception {
        java.nio.channels.Pipe pipe = java.nio.channels.Pipe.open();
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch again = new CountDownLatch(3);
        AtomicBoolean over = new AtomicBoolean();
        try (Loop loop = new Loop();
                var source = pipe.source();
                var sink = pipe.sink()) {
            source.configureBlocking(false);
            loop.execute(() -> register(loop, source, told));
            loop.execute(new Runnable() {
                @Override
                public void run() {
                    again.countDown();
                    if (!over.get()) loop.execute(this);
                }
            });
            assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
            sink.write(ByteBuffer.allocate(1));
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            over.set(true);
        }
    }

    private static void register(Loop loop, SelectableChannel channel, CountDownLatch told) {
        Loop.Handler handler = new Loop.Handler() {
            @Override
            public void ready() {
                told.countDown();
            }

            @Override
            public void broke(Throwable cause) {}
        };
        try {
            loop.register(channel, SelectionKey.OP_READ, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
