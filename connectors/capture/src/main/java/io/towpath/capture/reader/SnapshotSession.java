package io.towpath.capture.reader;

import io.towpath.capture.delegate.Delegate;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Position.Part;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.UnitAssembler;
import io.towpath.capture.unit.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads the rows that are there, by a delegate that takes a snapshot and reads no log; the log is read afterwards from
 * {@code begin}, which lies before the snapshot: no change falls between the two, and one made meanwhile comes as row and
 * as change.
 *
 * <p>Always: until the last row is handed over, what Connect stores says that the snapshot is still to be taken. After a
 * failure it begins anew, and its rows have the same ids, for these are made of {@code begin}.
 */
final class SnapshotSession implements Session {

    private static final String HEARTBEAT = "__debezium-heartbeat";

    private final Delegate delegate;
    private final UnitAssembler.Stages stages;
    private final Units units;
    private final Plan plan;
    private boolean begun;
    private boolean hasRead;
    private boolean finished;

    /**
     * Where a snapshot stands.
     *
     * @param pending position that says that it is still to be taken
     * @param begin where the log is read from afterwards
     * @param order of {@code begin} in the log
     * @param marker a record that carries a position and nothing else
     * @param maxRecords most activities in one unit
     */
    record Plan(Position pending, Position begin, long order, Outgoing marker, int maxRecords) {}

    SnapshotSession(Delegate delegate, UnitAssembler.Stages stages, Units units, Plan plan) {
        this.delegate = delegate;
        this.stages = stages;
        this.units = units;
        this.plan = plan;
    }

    @Override
    public List<Unit> read(Optional<Position> confirmed) throws InterruptedException {
        List<Unit> out = new ArrayList<>();
        if (!begun) {
            begun = true;
            out.add(units.of(plan.pending(), List.of(plan.marker()))); // where the log will be read from is remembered
        }
        List<Outgoing> gathered = new ArrayList<>();
        stages.begin(plan.order());
        for (SourceRecord record : delegate.poll()) {
            hasRead = true;
            if (record.topic().startsWith(HEARTBEAT)) { // the delegate's word that the snapshot is over
                finished = true;
            } else if (isRow(record)) {
                stages.apply(record, new Part(null, plan.order(), 0), gathered);
            }
            if (gathered.size() >= plan.maxRecords()) {
                out.add(cut(gathered));
            }
        }
        stages.end(plan.order(), gathered);
        if (!gathered.isEmpty()) {
            out.add(cut(gathered));
        }
        if (finished) {
            out.add(units.of(plan.begin(), List.of(plan.marker())));
        }
        return out;
    }

    private Unit cut(List<Outgoing> gathered) {
        Unit unit = units.of(plan.pending(), gathered);
        gathered.clear();
        return unit;
    }

    private static boolean isRow(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("op") != null
                && value.schema().field("source") != null;
    }

    @Override
    public boolean hasRead() {
        return hasRead;
    }

    @Override
    public boolean finished() {
        return finished;
    }

    /** The log is held from {@code begin} on; a snapshot releases nothing. */
    @Override
    public void release(Position position) {}

    @Override
    public void close() {
        delegate.close();
    }
}
