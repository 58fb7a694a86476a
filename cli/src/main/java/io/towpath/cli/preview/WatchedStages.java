package io.towpath.cli.preview;

import io.towpath.activity.ActivitySchema;
import io.towpath.capture.stage.ActivityStages;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position.Part;
import io.towpath.capture.unit.UnitAssembler;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;

/** The connector's own stages, and a look at what each change becomes in them. */
final class WatchedStages implements UnitAssembler.Stages {

    private final String database;
    private final ActivityStages stages;
    private final Consumer<Change> watcher;

    WatchedStages(String database, ActivityStages stages, Consumer<Change> watcher) {
        this.database = database;
        this.stages = stages;
        this.watcher = watcher;
    }

    @Override
    public void apply(SourceRecord record, Part place, List<Outgoing> out) {
        int before = out.size();
        String mistake = null;
        try {
            stages.apply(record, place, out);
        } catch (DataException lacking) {
            mistake = lacking.getMessage();
        }
        watcher.accept(new Change(
                database,
                what((Struct) record.value()),
                place.position(),
                out.subList(before, out.size()).stream()
                        .map(one -> ActivitySchema.fromStruct((Struct) one.value()))
                        .toList(),
                mistake));
    }

    @Override
    public void begin(long order) {
        stages.begin(order);
    }

    @Override
    public void end(long order, List<Outgoing> out) {
        stages.end(order, out);
    }

    private static String what(Struct envelope) {
        String op = envelope.getString("op");
        if (op.equals("m")) {
            return "message " + envelope.getStruct("message").getString("prefix");
        }
        Struct source = envelope.getStruct("source");
        String schema = source.getString(source.schema().field("schema") == null ? "db" : "schema");
        return word(op) + " " + schema + "." + source.getString("table");
    }

    private static String word(String op) {
        return switch (op) {
            case "c" -> "insert";
            case "u" -> "update";
            case "d" -> "delete";
            case "t" -> "truncate";
            default -> op;
        };
    }
}
