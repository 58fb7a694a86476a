package io.towpath.transforms.predicates;

import io.towpath.activity.Row;
import io.towpath.transforms.Version;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/** True for activities that say on which basis they may be kept. */
public final class HasConsent<R extends ConnectRecord<R>> implements Predicate<R> {

    public static final String OVERVIEW =
            "True for an activity whose consent names a basis. Everything else has none: an activity without the field, a "
                    + "record that is no activity, a tombstone. It reads what ActivityCaptureConnector's consent ledger "
                    + "decided; it decides nothing itself.";

    static final String BASIS = "basis";

    public static final ConfigDef CONFIG = new ConfigDef()
            .define(
                    BASIS,
                    ConfigDef.Type.LIST,
                    List.of(),
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "The bases that count. Empty: any.",
                    "Consent",
                    1,
                    ConfigDef.Width.MEDIUM,
                    "Basis");

    private List<String> bases = List.of();

    @Override
    public void configure(Map<String, ?> config) {
        bases = new AbstractConfig(CONFIG, config, false).getList(BASIS);
    }

    @Override
    public boolean test(R record) {
        if (!IsActivity.isActivity(record)) {
            return false;
        }
        Row consent = Row.ofAny(Row.ofAny(record.value()).get("consent"));
        Object basis = consent == null ? null : consent.get("basis");
        return basis != null && (bases.isEmpty() || bases.contains(basis));
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
