package io.towpath.transforms;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;

/** Undoes {@link SaltKey}. */
public final class UnsaltKey<R extends ConnectRecord<R>> implements Transformation<R>, Monitorable {

    public static final String OVERVIEW =
            "Gives a record that SaltKey salted its own key and schema back and takes the header " + SaltedKeys.HEADER
                    + " away. Records without that header pass unchanged. Has no settings.";

    public static final ConfigDef CONFIG = new ConfigDef();

    private final Count unsalted = new Count("unsalted-total", "Records whose key was restored");
    private final SaltedKeys form = new SaltedKeys();

    @Override
    public void configure(Map<String, ?> config) {
        // nothing to set
    }

    /** @throws DataException the header is not one of SaltKey's; the text shows no value */
    @Override
    public R apply(R record) {
        Header header = record.headers().lastWithName(SaltedKeys.HEADER);
        if (header == null || record.key() == null) {
            return record;
        }
        unsalted.add();
        SchemaAndValue key = form.unsalt(String.valueOf(header.value()), record.keySchema(), record.key());
        Headers headers = record.headers().duplicate().remove(SaltedKeys.HEADER);
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                key.schema(),
                key.value(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
    }

    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
        Count.show(metrics, unsalted);
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
        form.close();
    }
}
