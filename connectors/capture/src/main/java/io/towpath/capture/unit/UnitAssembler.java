package io.towpath.capture.unit;

import io.towpath.capture.database.Dialect;
import io.towpath.capture.unit.Position.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Cuts one database's stream of change records into units.
 *
 * <p>The delegate marks transactions: BEGIN, changes, END. A unit ends at END, at a message outside transactions, or,
 * for a transaction of more than {@code maxRecords} activities, after the change that reaches that number. After a
 * restart inside such a transaction the delegate sends it again from BEGIN, and what was handed over is left out. The
 * records of such a transaction are marked: a reader sees it in parts.
 */
public final class UnitAssembler {

    /** Decides what one change becomes. */
    public interface Stages {
        void apply(SourceRecord change, Part place, List<Outgoing> out);

        /** Called for a change that was handed over before a restart. */
        default void skip(SourceRecord change) {}

        /** What follows was committed in one transaction, or is a message alone, behind {@code order} of the log. */
        default void begin(long order) {}

        /** That has ended at {@code order}; what is to be stored with its last activity is added to {@code out}. */
        default void end(long order, List<Outgoing> out) {}
    }

    private final Dialect dialect;
    private final String transactionTopic;
    private final Stages stages;
    private final Units units;
    private final int maxRecords;
    private final List<Outgoing> pending = new ArrayList<>();

    private Map<String, ?> boundary;
    private Part resumeBehind;
    private String transaction;
    private String ended;
    private Part place;
    private boolean goesOn;

    /**
     * @param dialect of the database
     * @param transactionTopic the topic of the delegate's BEGIN and END records
     * @param stages what a change becomes
     * @param units makes the units, and knows where reading begins
     * @param maxRecords most activities in one unit, but for those of a single change
     */
    public UnitAssembler(Dialect dialect, String transactionTopic, Stages stages, Units units, int maxRecords) {
        this.dialect = dialect;
        this.transactionTopic = transactionTopic;
        this.stages = stages;
        this.units = units;
        this.maxRecords = maxRecords;
        this.boundary = units.last().boundary();
        this.resumeBehind = units.last().part();
        this.goesOn = resumeBehind != null;
    }

    /** The unit that {@code record} completes, if it does and something is in it. */
    public Optional<Unit> accept(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return Optional.empty();
        }
        if (transactionTopic.equals(record.topic())) {
            return transactionMark(record, value);
        }
        if (value.schema().field("op") == null || value.schema().field("source") == null) {
            return Optional.empty();
        }
        return transaction == null ? alone(record) : within(record);
    }

    /**
     * Up to where the log is done with: the last boundary, whether or not a unit ended there. Never before the last unit:
     * after a restart inside a transaction the boundary is reached again before the place where that unit ended.
     */
    public Position reached() {
        return transaction == null && resumeBehind == null ? Position.at(boundary) : units.last();
    }

    private Optional<Unit> transactionMark(SourceRecord record, Struct value) {
        if ("BEGIN".equals(value.getString("status"))) {
            String begun = dialect.transaction(value.getString("id"));
            if (begun.equals(transaction)) { // the delegate has connected anew within it, and sends it again
                pending.clear();
                resumeBehind = units.last().part();
            } else {
                assertEnded();
                assertNew(begun);
            }
            transaction = begun;
            place = new Part(transaction, 0, 0);
            stages.begin(dialect.order(boundary));
            return Optional.empty();
        }
        if (resumeBehind != null && resumeBehind.transaction().equals(transaction)) {
            resumeBehind = null;
        }
        ended = transaction;
        transaction = null;
        Optional<Unit> unit = endAt(record);
        goesOn = false;
        return unit;
    }

    /**
     * A transaction of a binlog that only defines tables has no END, and no changes. One with changes and no END is the
     * first half of an XA transaction, whose second half says, later and by another name, whether it was committed.
     */
    private void assertEnded() {
        if (transaction != null && place.ordinal() > 0) {
            throw new ConnectException(
                    "transaction " + transaction + " has changes and no end: XA transactions cannot"
                            + " be captured, because their log does not say in time whether they are committed; to go on"
                            + " behind it, stop the connector, set its offset to the place behind that transaction and resume it");
        }
    }

    /** One without a name of its own, as Debezium sees MySQL's tagged ones, has that of the one before it. */
    private void assertNew(String begun) {
        if (begun.equals(ended)) {
            throw new ConnectException(
                    "behind transaction " + begun + " comes one that has no name known to Debezium, so"
                            + " that its activities could not be told apart from a replay's, wanted: GTIDs without tags");
        }
    }

    private Optional<Unit> alone(SourceRecord record) {
        stages.begin(dialect.order(boundary));
        stages.apply(record, new Part(null, dialect.logPosition(record), 1), pending);
        return endAt(record);
    }

    private Optional<Unit> within(SourceRecord record) {
        long position = dialect.logPosition(record);
        place = new Part(transaction, position, position == place.position() ? place.ordinal() + 1 : 1);
        if (alreadyHandedOver(place)) {
            stages.skip(record);
            return Optional.empty();
        }
        stages.apply(record, place, pending);
        return pending.size() < maxRecords ? Optional.empty() : Optional.of(cut(new Position(boundary, place)));
    }

    private boolean alreadyHandedOver(Part change) {
        if (resumeBehind == null) {
            return false;
        }
        if (!resumeBehind.transaction().equals(change.transaction())) {
            throw new ConnectException("the log begins with transaction " + change.transaction() + ", the stored offset"
                    + " stands inside transaction " + resumeBehind.transaction()
                    + ": the slot is not the one that the offset was stored with");
        }
        return change.notAfter(resumeBehind);
    }

    private Optional<Unit> endAt(SourceRecord record) {
        boundary = dialect.boundaryBehind(record);
        stages.end(dialect.order(boundary), pending);
        return pending.isEmpty() ? Optional.empty() : Optional.of(cut(Position.at(boundary)));
    }

    private Unit cut(Position position) {
        if (position.part() != null || goesOn) {
            pending.replaceAll(Outgoing::asPart);
        }
        goesOn = position.part() != null;
        Unit unit = units.of(position, pending);
        pending.clear();
        return unit;
    }
}
