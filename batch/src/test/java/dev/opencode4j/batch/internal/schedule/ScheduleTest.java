package dev.opencode4j.batch.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opencode4j.batch.ProviderLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    /** Such a clock may run over. */
    private static final long START = Math.subtractExact(Long.MAX_VALUE, 50);

    private static Schedule<String> of(ProviderLimits limits) {
        return new Schedule<>(limits, START);
    }

    private static List<String> all(Schedule<String> schedule, long now) {
        List<String> all = new ArrayList<>();
        Optional<String> next = schedule.next(now);
        while (next.isPresent()) {
            all.add(next.get());
            next = schedule.next(now);
        }
        return all;
    }

    @Test
    void providersTakeTurnsAndEachKeepsItsOrder() {
        Schedule<String> schedule = of(ProviderLimits.NONE);
        for (String item : List.of("a1", "a2", "a3", "b1", "b2")) schedule.add(item.substring(0, 1), item);
        assertThat(schedule.waiting()).isEqualTo(5);
        assertThat(all(schedule, START)).containsExactly("a1", "b1", "a2", "b2", "a3");
        assertThat(schedule.waiting()).isZero();
    }

    @Test
    void aPlaceIsFreeWhenItsItemHasLeft() {
        Schedule<String> schedule = of(ProviderLimits.each(2));
        for (String item : List.of("1", "2", "3")) schedule.add("a", item);
        assertThat(all(schedule, START)).containsExactly("1", "2");
        schedule.left("a");
        assertThat(all(schedule, START)).containsExactly("3");
    }

    @Test
    void aPauseEndsOnTimeAndWhoeverPausedGoesFirst() {
        Schedule<String> schedule = of(ProviderLimits.NONE);
        schedule.againAt(START + 100, "a", "paused");
        schedule.againAt(START + 60, "a", "short");
        assertThat(schedule.next(START + 59)).isEmpty();
        assertThat(schedule.nextWake(START + 59)).hasValue(1);
        assertThat(schedule.waiting()).isEqualTo(2);
        schedule.add("a", "new");
        assertThat(all(schedule, START + 100)).containsExactly("paused", "short", "new");
        assertThat(schedule.nextWake(START + 100)).isEmpty();
    }

    @Test
    void aCoolDownHoldsOneProviderUntilItsLastMoment() {
        Schedule<String> schedule = of(ProviderLimits.NONE);
        assertThat(schedule.refused("a", START + 100)).isTrue();
        assertThat(schedule.refused("a", START + 90)).isFalse();
        schedule.add("a", "a1");
        schedule.add("b", "b1");
        assertThat(all(schedule, START + 99)).containsExactly("b1");
        assertThat(schedule.nextWake(START + 99)).hasValue(1);
        assertThat(all(schedule, START + 100)).containsExactly("a1");
    }

    @Test
    void aCrowdThatWasRefusedComesBackOneByOneAndGrowsWithSuccess() {
        Schedule<String> schedule = of(ProviderLimits.each(8));
        for (int i = 0; i < 8; i++) schedule.add("a", "first" + i);
        assertThat(all(schedule, START)).hasSize(8);
        for (int i = 0; i < 8; i++) {
            schedule.left("a");
            schedule.refused("a", START + 100);
            schedule.again("a", "again" + i);
        }
        assertThat(all(schedule, START + 100)).hasSize(1);
        schedule.left("a");
        schedule.succeeded("a");
        assertThat(all(schedule, START + 100)).hasSize(2);
        for (int i = 0; i < 2; i++) {
            schedule.left("a");
            schedule.succeeded("a");
        }
        assertThat(all(schedule, START + 100)).hasSize(4);
    }

    @Test
    void whereTheOthersAreServedOnlyHalfAsManyGo() {
        Schedule<String> schedule = of(ProviderLimits.each(9));
        for (int i = 0; i < 20; i++) schedule.add("a", "item" + i);
        assertThat(all(schedule, START)).hasSize(9);
        schedule.left("a");
        schedule.refused("a", START + 100);
        for (int i = 0; i < 8; i++) schedule.left("a");
        assertThat(all(schedule, START + 100)).hasSize(4);
    }

    @Test
    void aLimitOfNothingIsSaid() {
        Schedule<String> schedule = of(ProviderLimits.NONE.with("a", 0));
        assertThat(schedule.isSatisfiable("a")).isFalse();
        assertThat(schedule.isSatisfiable("b")).isTrue();
    }
}
