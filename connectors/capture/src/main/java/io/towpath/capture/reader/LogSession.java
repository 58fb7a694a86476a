package io.towpath.capture.reader;

import io.towpath.capture.delegate.Delegate;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.UnitAssembler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;

/** A database's log: its delegate, and what cuts the delegate's records into units. */
final class LogSession implements Session {

    private final Delegate delegate;
    private final UnitAssembler assembler;
    private final ProgressBeat progress;
    private final ReadLag lag;
    private final Function<Map<String, ?>, Map<String, ?>> delegateOffset;
    private boolean hasRead;

    /** @param delegateOffset from a boundary to the delegate's own offset */
    LogSession(
            Delegate delegate,
            UnitAssembler assembler,
            ProgressBeat progress,
            ReadLag lag,
            Function<Map<String, ?>, Map<String, ?>> delegateOffset) {
        this.delegate = delegate;
        this.assembler = assembler;
        this.progress = progress;
        this.lag = lag;
        this.delegateOffset = delegateOffset;
    }

    @Override
    public List<Unit> read(Optional<Position> confirmed) throws InterruptedException {
        List<Unit> units = new ArrayList<>();
        List<SourceRecord> records = delegate.poll();
        hasRead |= !records.isEmpty();
        lag.read(records);
        for (SourceRecord record : records) {
            assembler.accept(record).ifPresent(units::add);
        }
        progress.beat(assembler.reached(), confirmed).ifPresent(units::add);
        return units;
    }

    @Override
    public boolean hasRead() {
        return hasRead;
    }

    /** A log never ends. */
    @Override
    public boolean finished() {
        return false;
    }

    @Override
    public void release(Position position) throws InterruptedException {
        delegate.confirm(delegateOffset.apply(position.boundary()));
    }

    @Override
    public void close() {
        lag.stopped();
        delegate.close();
    }
}
