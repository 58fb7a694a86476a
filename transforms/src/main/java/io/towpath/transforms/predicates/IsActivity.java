package io.towpath.transforms.predicates;

import io.towpath.activity.ActivitySchema;
import io.towpath.activity.Row;
import io.towpath.transforms.Version;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/** True for activities. */
public final class IsActivity<R extends ConnectRecord<R>> implements Predicate<R> {

    public static final String OVERVIEW =
            "True for a record whose value is an activity: by the name of its schema (" + ActivitySchema.NAME
                    + "), or, without a schema, by the fields id, type, occurred_at and source. A tombstone is none. "
                    + "Has no settings.";

    public static final ConfigDef CONFIG = new ConfigDef();

    private static final List<String> FIELDS = List.of("id", "type", "occurred_at", "source");

    @Override
    public boolean test(R record) {
        return isActivity(record);
    }

    static boolean isActivity(ConnectRecord<?> record) {
        if (record.value() == null) {
            return false;
        }
        if (record.valueSchema() != null) {
            return ActivitySchema.NAME.equals(record.valueSchema().name());
        }
        Row row = record.value() instanceof Map ? Row.ofAny(record.value()) : null;
        return row != null && FIELDS.stream().allMatch(row::has);
    }

    @Override
    public void configure(Map<String, ?> config) {
        // nothing to set
    }

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public String version() {
        return Version.THIS;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
