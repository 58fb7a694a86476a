package io.towpath.migration.switchover;

import io.towpath.migration.Interrupted;
import io.towpath.migration.journal.Entry;
import io.towpath.migration.journal.Entry.Phase;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.journal.Superseded;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Takes the steps of one passage, or takes them back.
 *
 * <p>Always: (A) a step is journalled as begun before anything of it is done; (B) a step is begun only when all before it
 * are done; (C) after {@link #run} or {@link #undo} returned, no passage is under way; (D) once a step that cannot be
 * undone has begun, the only way is on; (E) such a step is not begun while what was done before it holds no longer and can
 * still be undone.
 */
public final class Switch {

    /** The step that lets the writers in: once it has begun, the only way is on. */
    public static final String RELEASE = "release";

    private final Journal journal;
    private final List<Step> steps;
    private final Acts acts;
    private final Clock clock;
    private final BiFunction<Standing, Passage, Standing> passed;

    /** {@code passed}: what stands when the passage is over. */
    public Switch(
            Journal journal, List<Step> steps, Acts acts, Clock clock, BiFunction<Standing, Passage, Standing> passed) {
        this.journal = journal;
        this.steps = List.copyOf(steps);
        this.acts = acts;
        this.clock = clock;
        this.passed = passed;
    }

    /**
     * Begins {@code fresh}, or goes on where an earlier run stopped.
     *
     * @throws Refused when a check found something; everything is undone
     * @throws HalfWay when it could neither go on nor be undone
     */
    public void run(Passage fresh) {
        Passage passage = journal.standing().passage();
        if (passage != null && !passage.back()) {
            passage = undoneIfBroken(passage);
        }
        if (passage != null && passage.back()) {
            undo();
            throw new Refused("an earlier run was on its way back: that is finished now, all is as it was before");
        }
        try {
            forward(passage == null ? fresh : passage);
        } catch (Superseded | Interrupted e) {
            throw e;
        } catch (RuntimeException e) {
            throw afterFailure(e);
        }
    }

    private Passage undoneIfBroken(Passage passage) {
        if (beyondReturn(passage) || stuck(passage).isPresent()) {
            return passage;
        }
        Optional<String> broken = broken(passage);
        if (broken.isEmpty()) {
            return passage;
        }
        acts.say("what was done holds no longer: " + broken.get() + "; undoing it, and beginning anew");
        undo();
        return null;
    }

    private Optional<String> broken(Passage passage) {
        return steps.stream()
                .filter(step -> passage.is(step.name(), Phase.DONE))
                .flatMap(step -> step.broken().stream())
                .findFirst();
    }

    /** The last look before there is no way back; where there is none any more, what is broken is only told. */
    private void refuseBroken(Passage passage) {
        broken(passage).ifPresent(why -> {
            if (stuck(passage).isEmpty()) {
                throw new Refused(why);
            }
            acts.say("what was done holds no longer: " + why + "; it cannot be undone, and goes on");
        });
    }

    /** The end of a step and the beginning of the next are one entry. */
    private void forward(Passage from) {
        Passage passage = from;
        for (Step step : steps) {
            if (passage.is(step.name(), Phase.DONE)) {
                continue;
            }
            if (!step.reversible() && !beyondReturn(passage)) {
                refuseBroken(passage);
            }
            acts.say(step.name());
            if (passage.entry(step.name()).isEmpty()) {
                passage = passage.begun(step.name(), now(), step.before());
                write(passage);
            }
            passage = passage.moved(step.name(), Phase.DONE, now(), step.apply());
        }
        journal.write(passed.apply(journal.standing().with(passage), passage));
    }

    /** Takes back everything of the passage under way, last step first. */
    public void undo() {
        Passage passage = journal.standing().passage();
        if (beyondReturn(passage)) {
            throw new Refused("it has let the writers in already and can only go on: run it again without --undo; then"
                    + " the other direction");
        }
        passage = turned(passage);
        for (int i = steps.size() - 1; i >= 0; i--) {
            Optional<Entry> entry = passage.entry(steps.get(i).name());
            if (entry.isPresent() && entry.get().phase() != Phase.UNDONE) {
                acts.say("undo " + steps.get(i).name());
                steps.get(i).undo();
                passage = passage.moved(steps.get(i).name(), Phase.UNDONE, now(), Map.of());
                write(passage);
            }
        }
        journal.write(journal.standing().with((Passage) null));
    }

    /** Turns it back, or, when that cannot be done, forward again. */
    private Passage turned(Passage passage) {
        Optional<Stuck> stuck = stuck(passage);
        if (stuck.isPresent() && passage.back()) {
            write(passage.onFrom(stuck.get().step(), now()));
        }
        stuck.ifPresent(it -> {
            throw new Refused(it.why() + "; go on, and then switch back");
        });
        if (passage.back()) {
            return passage;
        }
        Passage turned = passage.turned(true);
        write(turned);
        return turned;
    }

    /** The first step that cannot be taken back, and why. */
    private record Stuck(String step, String why) {}

    private Optional<Stuck> stuck(Passage passage) {
        return steps.stream()
                .filter(step -> passage.entry(step.name()).isPresent() && !passage.is(step.name(), Phase.UNDONE))
                .flatMap(step -> step.stuck().map(why -> new Stuck(step.name(), why)).stream())
                .findFirst();
    }

    private RuntimeException afterFailure(RuntimeException failure) {
        Passage passage = journal.standing().passage();
        if (passage == null) {
            return failure;
        }
        if (beyondReturn(passage)) {
            return new HalfWay(
                    failure.getMessage()
                            + "; it has let the writers in and can only go on: mend that, and run it again",
                    failure);
        }
        acts.say("stopped: " + failure.getMessage());
        try {
            undo();
        } catch (Superseded | Interrupted e) {
            e.addSuppressed(failure);
            return e;
        } catch (RuntimeException e) {
            e.addSuppressed(failure);
            return new HalfWay(
                    failure.getMessage() + "; and undoing it failed: " + e.getMessage()
                            + "; run it again to go on, or with --undo to go back",
                    e);
        }
        return failure instanceof Refused
                ? new Refused(failure.getMessage() + " (all is undone)")
                : new HalfWay(failure.getMessage() + " (all is undone)", failure);
    }

    private boolean beyondReturn(Passage passage) {
        return steps.stream()
                .anyMatch(
                        step -> !step.reversible() && passage.entry(step.name()).isPresent());
    }

    private void write(Passage passage) {
        journal.write(journal.standing().with(passage));
    }

    private String now() {
        return clock.instant().toString();
    }
}
