package io.towpath.migration.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.journal.Entry.Phase;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Segment;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.journal.Superseded;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchTest {

    private final List<String> log = new ArrayList<>();
    private final InMemory journal = new InMemory();

    /** A journal that can be made to lose its holder. */
    private static final class InMemory implements Journal {
        private Standing standing = Standing.fresh("shop");
        private int writesLeft = Integer.MAX_VALUE;

        @Override
        public Standing standing() {
            return standing;
        }

        @Override
        public void write(Standing next) {
            if (writesLeft-- <= 0) {
                throw new Superseded("shop", null);
            }
            standing = next;
        }

        @Override
        public void held() {}

        @Override
        public void close() {}
    }

    private final class Noted implements Step {
        private final String name;
        private final boolean reversible;
        private RuntimeException failure;
        private String broken;
        private Runnable during = () -> {};
        private String stuck;
        private String stuckWhenUndone;

        Noted(String name, boolean reversible) {
            this.name = name;
            this.reversible = reversible;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> calls() {
            return List.of();
        }

        @Override
        public Map<String, Object> apply() {
            broken = null;
            assertThat(journal.standing.passage().is(name, Phase.BEGUN))
                    .as("%s is journalled before it is done", name)
                    .isTrue();
            log.add(name);
            during.run();
            if (failure != null) {
                throw failure;
            }
            return Map.of("by", name);
        }

        @Override
        public void undo() {
            assertThat(journal.standing.passage().back()).isTrue();
            log.add("undo " + name);
            if (stuckWhenUndone != null) {
                stuck = stuckWhenUndone;
                throw new Refused(stuck);
            }
        }

        @Override
        public Optional<String> broken() {
            return Optional.ofNullable(broken);
        }

        @Override
        public Optional<String> stuck() {
            return Optional.ofNullable(stuck);
        }

        @Override
        public boolean reversible() {
            return reversible;
        }
    }

    private final Noted freeze = new Noted("freeze", true);
    private final Noted prove = new Noted("prove", true);
    private final Noted release = new Noted("release", false);

    private Switch cutover() {
        return cutover(List.of(freeze, prove, release));
    }

    private Switch cutover(List<Step> steps) {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Acts acts = new Acts(journal, line -> {});
        return new Switch(
                journal,
                steps,
                acts,
                clock,
                (standing, passage) -> standing.passed(
                        new Segment(Side.SOURCE, "now", Map.of(), Map.of(), List.of(), Map.of()), List.of()));
    }

    private static Passage fresh() {
        return new Passage(Side.TARGET, false, List.of("orders"), List.of());
    }

    @Test
    void everyStepIsJournalledBeforeTheActAndTheOtherSideIsOpenAtTheEnd() {
        cutover().run(fresh());
        assertThat(log).containsExactly("freeze", "prove", "release");
        assertThat(journal.standing.passage()).isNull();
        assertThat(journal.standing.open()).isEqualTo(Side.TARGET);
    }

    @Test
    void aFailedStepIsUndoneTogetherWithThoseBeforeIt() {
        prove.failure = new Refused("a record is lost");
        assertThatThrownBy(() -> cutover().run(fresh()))
                .isInstanceOf(Refused.class)
                .hasMessage("a record is lost (all is undone)");
        assertThat(log).containsExactly("freeze", "prove", "undo prove", "undo freeze");
        assertThat(journal.standing.passage()).isNull();
        assertThat(journal.standing.open()).isEqualTo(Side.SOURCE);
    }

    @Test
    void aRunThatIsSupersededUndoesNothing() {
        journal.writesLeft = 2;
        assertThatThrownBy(() -> cutover().run(fresh())).isInstanceOf(Superseded.class);
        assertThat(log).containsExactly("freeze", "prove");
    }

    @Test
    void whatIsOnlyBegunIsDoneAgainAndWhatIsDoneIsNot() {
        journal.writesLeft = 2;
        assertThatThrownBy(() -> cutover().run(fresh())).isInstanceOf(Superseded.class);
        journal.writesLeft = Integer.MAX_VALUE;
        log.clear();
        cutover().run(fresh());
        assertThat(log).containsExactly("prove", "release");
    }

    @Test
    void afterTheReleaseItCanOnlyGoOn() {
        release.failure = new Refused("the worker is down");
        assertThatThrownBy(() -> cutover().run(fresh()))
                .isInstanceOf(HalfWay.class)
                .hasMessage(
                        "the worker is down; it has let the writers in and can only go on: mend that, and run it again");
        assertThatThrownBy(() -> cutover().undo()).hasMessageContaining("can only go on");
        release.failure = null;
        log.clear();
        cutover().run(fresh());
        assertThat(log).containsExactly("release");
        assertThat(journal.standing.open()).isEqualTo(Side.TARGET);
    }

    @Test
    void whatHoldsNoLongerIsUndoneAndBegunAnew() {
        journal.writesLeft = 2;
        assertThatThrownBy(() -> cutover().run(fresh())).isInstanceOf(Superseded.class);
        journal.writesLeft = Integer.MAX_VALUE;
        freeze.broken = "orders-0 has moved";
        log.clear();
        cutover().run(fresh());
        assertThat(log).containsExactly("undo prove", "undo freeze", "freeze", "prove", "release");
    }

    @Test
    void whatBreaksDuringTheRunIsUndoneInsteadOfReleased() {
        prove.during = () -> freeze.broken = "orders-0 has moved";
        assertThatThrownBy(() -> cutover().run(fresh()))
                .isInstanceOf(Refused.class)
                .hasMessage("orders-0 has moved (all is undone)");
        assertThat(log).containsExactly("freeze", "prove", "undo prove", "undo freeze");
        assertThat(journal.standing.open()).isEqualTo(Side.SOURCE);
        assertThat(journal.standing.passage()).isNull();
    }

    @Test
    void whatCannotBeTakenBackIsNotTurnedBackAndGoesOnThoughItHoldsNoLonger() {
        journal.writesLeft = 2;
        assertThatThrownBy(() -> cutover().run(fresh())).isInstanceOf(Superseded.class);
        journal.writesLeft = Integer.MAX_VALUE;
        prove.stuck = "the target has taken records";
        freeze.broken = "orders-0 has moved";
        log.clear();
        assertThatThrownBy(() -> cutover().undo())
                .hasMessage("the target has taken records; go on, and then switch back");
        assertThat(journal.standing.passage().back()).isFalse();
        cutover().run(fresh());
        assertThat(log).containsExactly("prove", "release");
    }

    @Test
    void turnedForwardAfterAHalfDoneUndoEverythingFromTheStuckStepOnIsDoneAgain() {
        Noted start = new Noted("start", true);
        Noted enter = new Noted("enter", true);
        Noted hook = new Noted("hook", true);
        start.stuckWhenUndone = "the target has taken records";
        hook.failure = new Refused("no");
        Switch cutover = cutover(List.of(freeze, start, enter, hook, release));
        assertThatThrownBy(() -> cutover.run(fresh())).isInstanceOf(HalfWay.class);
        assertThat(log).containsExactly("freeze", "start", "enter", "hook", "undo hook", "undo enter", "undo start");
        assertThatThrownBy(() -> cutover.run(fresh())).hasMessageContaining("go on, and then switch back");
        hook.failure = null;
        log.clear();
        cutover.run(fresh());
        assertThat(log).containsExactly("start", "enter", "hook", "release");
        assertThat(journal.standing.open()).isEqualTo(Side.TARGET);
    }

    @Test
    void aRunOnItsWayBackIsFinishedFirst() {
        prove.failure = new Refused("no");
        journal.writesLeft = 4; // begun freeze, begun prove, turned, undone prove
        assertThatThrownBy(() -> cutover().run(fresh())).isInstanceOf(Superseded.class);
        journal.writesLeft = Integer.MAX_VALUE;
        log.clear();
        assertThatThrownBy(() -> cutover().run(fresh())).hasMessageContaining("an earlier run was on its way back");
        assertThat(log).containsExactly("undo freeze");
        assertThat(journal.standing.passage()).isNull();
    }
}
