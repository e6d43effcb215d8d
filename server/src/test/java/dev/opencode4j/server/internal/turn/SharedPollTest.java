package dev.opencode4j.server.internal.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many ask, few requests are made, and no answer is older than its question. */
class SharedPollTest {

    private final List<CompletableFuture<String>> requests = new ArrayList<>();
    private final SharedPoll<String> poll = new SharedPoll<>(() -> {
        CompletableFuture<String> request = new CompletableFuture<>();
        requests.add(request);
        return request;
    });

    @Test
    void whoAsksMeanwhileGetsTheNextAnswerTogether() {
        CompletableFuture<String> first = poll.ask();
        CompletableFuture<String> second = poll.ask();
        CompletableFuture<String> third = poll.ask();
        assertThat(requests).hasSize(1);
        requests.get(0).complete("old");
        assertThat(first).isCompletedWithValue("old");
        assertThat(second).isNotDone();
        assertThat(requests).hasSize(2);
        requests.get(1).complete("new");
        assertThat(second).isCompletedWithValue("new");
        assertThat(third).isCompletedWithValue("new");
        poll.ask();
        assertThat(requests).hasSize(3);
    }

    @Test
    void aFailureIsThatOfThoseWhoAskedAndOfNobodyAfterThem() {
        CompletableFuture<String> first = poll.ask();
        CompletableFuture<String> second = poll.ask();
        requests.get(0).completeExceptionally(new IllegalStateException("once"));
        assertThat(first).isCompletedExceptionally();
        requests.get(1).complete("well");
        assertThat(second).isCompletedWithValue("well");
    }

    @Test
    void aRequestThatCannotEvenBeMadeFailsAndTheNextIsMade() {
        boolean[] broken = {true};
        SharedPoll<String> fragile = new SharedPoll<>(() -> {
            if (broken[0]) throw new IllegalStateException("closed");
            return CompletableFuture.completedFuture("well");
        });
        assertThat(fragile.ask()).isCompletedExceptionally();
        broken[0] = false;
        assertThat(fragile.ask()).isCompletedWithValue("well");
    }
}
