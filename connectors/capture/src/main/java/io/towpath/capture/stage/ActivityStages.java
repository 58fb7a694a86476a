package io.towpath.capture.stage;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import io.towpath.activity.Change;
import io.towpath.activity.ChangeReader;
import io.towpath.activity.CloudEvents;
import io.towpath.activity.rule.ActivityRules;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position.Part;
import io.towpath.capture.unit.UnitAssembler;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/** What a change of one database becomes: read it, decide, write each activity. */
public final class ActivityStages implements UnitAssembler.Stages {

    private final ChangeReader reader;
    private final ActivityRules rules;
    private final String topic;

    /**
     * @param system identity of the database server
     * @param database the database's name in the config
     */
    public ActivityStages(String system, String database, ActivityRules rules, String topic) {
        this.reader = new ChangeReader(system, database);
        this.rules = rules;
        this.topic = topic;
    }

    @Override
    public void apply(SourceRecord record, Part place, List<Outgoing> out) {
        Optional<Change> change = reader.read(record);
        if (change.isEmpty()) {
            return;
        }
        for (Activity activity : rules.decide(numbered(change.get(), place))) {
            out.add(outgoing(activity));
        }
    }

    /**
     * Numbers a change by its place among those at its log position. The delegate's own number counts all captured tables,
     * so a rule for one more table would give a replay other ids.
     */
    private static Change numbered(Change change, Part place) {
        Change.Origin origin = change.origin();
        return change.at(new Change.Origin(
                origin.system(), origin.database(), origin.transaction(), origin.position(), place.ordinal()));
    }

    private Outgoing outgoing(Activity activity) {
        String key = activity.actor() == null ? null : activity.actor().id();
        return new Outgoing(
                topic,
                key,
                ActivitySchema.V1,
                ActivitySchema.toStruct(activity),
                activity.occurredAt().toEpochMilli(),
                CloudEvents.headers(activity));
    }
}
