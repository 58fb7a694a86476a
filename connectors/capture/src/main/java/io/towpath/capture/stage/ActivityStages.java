package io.towpath.capture.stage;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import io.towpath.activity.Change;
import io.towpath.activity.ChangeReader;
import io.towpath.activity.CloudEvents;
import io.towpath.activity.rule.ActivityRules;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.consent.ConsentStage;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position.Part;
import io.towpath.capture.unit.UnitAssembler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;

/** What a change of one database becomes: read it, decide, join its context, guard its privacy, write it. */
public final class ActivityStages implements UnitAssembler.Stages {

    private final String system;
    private final ChangeReader reader;
    private final ActivityRules rules;
    private final ContextJoin context;
    private final Privacy privacy;
    private final String topic;
    private final BadChanges bad;
    private final ConsentStage consent;

    /**
     * @param system identity of the database server
     * @param database whose changes come
     * @param bad what becomes of a change that lacks what a rule must know
     * @param consent of the database's actors; empty where nobody is asked
     */
    public ActivityStages(
            String system,
            DatabaseConfig database,
            CaptureConfig config,
            BadChanges bad,
            Optional<ConsentStage> consent) {
        this.system = system;
        this.reader = new ChangeReader(system, database.name());
        this.rules = new ActivityRules(config.rules());
        this.context = new ContextJoin(
                config.context().prefix(),
                database.contextTable(),
                config.context().fields());
        this.privacy = new Privacy(config.privacy());
        this.topic = config.topic();
        this.bad = bad;
        this.consent = consent.orElse(null);
    }

    @Override
    public void begin(long order) {
        if (consent != null) {
            consent.begin(order);
        }
    }

    /** What was said of consent is heard whatever else a change lacks: to skip an opt-out would be to ignore it. */
    @Override
    public void apply(SourceRecord record, Part place, List<Outgoing> out) {
        Change change = read(record, place);
        if (change == null || context.takes(change)) {
            return;
        }
        if (consent != null) {
            consent.hear(change).forEach(erasure -> out.add(outgoing(erasure)));
        }
        try {
            out.addAll(outgoing(change));
        } catch (DataException lacking) {
            bad.met(place, lacking);
        } catch (ConnectException notTheChange) {
            throw notTheChange;
        } catch (RuntimeException mistake) {
            bad.met(place, inOurselves(mistake));
        }
    }

    /** Met again it would be the same again. Its own words may repeat the change, so only its place in the code is kept. */
    private static DataException inOurselves(RuntimeException mistake) {
        DataException described = new DataException(
                "a mistake in the connector itself: " + mistake.getClass().getName());
        described.setStackTrace(mistake.getStackTrace());
        return described;
    }

    private Change read(SourceRecord record, Part place) {
        try {
            return reader.read(record).map(change -> numbered(change, place)).orElse(null);
        } catch (DataException lacking) {
            bad.met(place, lacking);
            return null;
        } catch (ConnectException notTheChange) {
            throw notTheChange;
        } catch (RuntimeException mistake) {
            bad.met(place, inOurselves(mistake));
            return null;
        }
    }

    private List<Outgoing> outgoing(Change change) {
        List<Outgoing> records = new ArrayList<>();
        for (Activity activity : rules.decide(change)) {
            Activity joined = context.join(activity);
            Activity kept = consent == null ? joined : consent.admit(joined).orElse(null);
            if (kept != null) {
                records.add(outgoing(privacy.of(kept)));
            }
        }
        return records;
    }

    /** What was handed over before a restart is read again; only what its transaction said of itself is kept. */
    @Override
    public void skip(SourceRecord record) {
        reader.read(record).ifPresent(change -> {
            if (!context.takes(change) && consent != null) {
                consent.hear(change);
            }
        });
    }

    @Override
    public void end(long order, List<Outgoing> out) {
        if (consent != null) {
            out.addAll(consent.end(order));
        }
    }

    /**
     * Numbers a change by its place among those at its log position. The delegate's own number counts all captured tables,
     * so a rule for one more table would give a replay other ids. A row of a snapshot has the place of the snapshot, not
     * that of the delegate's look at the table.
     */
    private static Change numbered(Change change, Part place) {
        Change.Origin origin = change.origin();
        boolean row = change.kind() == Change.Kind.SNAPSHOT;
        return change.at(new Change.Origin(
                origin.system(),
                origin.database(),
                row ? null : origin.transaction(),
                row ? Long.toString(place.position()) : origin.position(),
                place.ordinal()));
    }

    private Outgoing outgoing(Activity activity) {
        String key = activity.actor() == null ? null : activity.actor().id();
        return new Outgoing(
                topic,
                key,
                ActivitySchema.V1,
                ActivitySchema.toStruct(activity),
                activity.occurredAt().toEpochMilli(),
                CloudEvents.headers(activity).addString(ActivitySchema.SYSTEM_HEADER, system));
    }
}
