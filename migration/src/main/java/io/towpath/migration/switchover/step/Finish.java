package io.towpath.migration.switchover.step;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.proof.Verdict;
import io.towpath.migration.switchover.Acts;
import io.towpath.migration.switchover.ProofLine;
import io.towpath.migration.switchover.ProofStore;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.look.Doors;
import io.towpath.migration.switchover.look.LogView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends a migration: a last audit while the way back is still open, then everything that the migration had set up is
 * removed. Cut off after the audit, it goes on removing.
 */
public final class Finish {

    private final Migration migration;
    private final Journal journal;
    private final Path proof;
    private final Duration patience;
    private final Acts acts;

    public Finish(Migration migration, Journal journal, Path proof, Duration patience, Consumer<String> told) {
        if (migration.connect().url() == null) {
            throw new BadInput(
                    "connect.url: nothing given; wanted: http://host:port of the worker that runs the flows");
        }
        this.migration = migration;
        this.journal = journal;
        this.proof = proof;
        this.patience = patience;
        this.acts = new Acts(journal, told);
    }

    /**
     * Finishes it.
     *
     * @throws Refused when there is nothing to finish, or the audit finds a difference
     */
    public void run() {
        Standing standing = journal.standing();
        refuseTooEarly(standing);
        ConnectRest rest = new ConnectRest(migration.connect().url());
        if (standing.end() == Standing.End.NONE) {
            audit(rest);
            journal.write(standing.ended(Standing.End.FINISHING, Side.TARGET, standing.locks()));
        }
        for (String flow : List.of(migration.backFlowName(), migration.flowName())) {
            if (rest.config(flow).isPresent()) {
                acts.act("DELETE /connectors/" + flow, () -> rest.delete(flow));
            }
        }
        open(journal.standing().locks());
        journal.write(journal.standing().ended(Standing.End.FINISHED, Side.TARGET, List.of()));
    }

    private void refuseTooEarly(Standing standing) {
        if (standing.passage() != null) {
            throw new Refused("a switch is half-way; towpath status says how to go on");
        }
        if (standing.open() != Side.TARGET) {
            throw new Refused(migration.source() + " is open: nothing is cut over that could be finished");
        }
        if (standing.end() != Standing.End.NONE && standing.end() != Standing.End.FINISHING) {
            throw new Refused(migration.name() + " is over already");
        }
    }

    private void audit(ConnectRest rest) {
        String back = migration.backFlowName();
        if (rest.status(back).filter(ConnectorStatus::running).isEmpty()) {
            throw new Refused("flow " + back + " does not run, so what came home last cannot be audited");
        }
        List<String> topics;
        try (LogView source = new LogView(migration.source());
                LogView target = new LogView(migration.target())) {
            topics = migration.topics().resolveOnBoth(source.topics(), target.topics());
        }
        ProofLine line = new ProofLine(migration, Side.TARGET, ProofStore.of(acts, proof), patience);
        Verdict verdict = line.catchUp(topics);
        acts.say("last audit: " + verdict);
        Prove.refuseDifferent("the last audit found a difference; nothing is removed: " + verdict, line, List.of());
        Prove.refuseUncovered(verdict, migration.switching().coverage());
    }

    /** What kept writers off the old side goes with the migration. */
    private void open(List<Lock> locks) {
        if (locks.isEmpty()) {
            return;
        }
        try (LogView source = new LogView(migration.source());
                LogView target = new LogView(migration.target())) {
            for (Lock lock : locks) {
                LogView view = lock.side() == Side.SOURCE ? source : target;
                Doors doors = new Doors(lock.side(), view, migration.switching().freezing());
                acts.act(Release.line(lock), () -> doors.open(List.of(lock)));
            }
        }
    }
}
