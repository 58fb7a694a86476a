package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.Delivery;
import io.towpath.capture.database.LiveCatalog;
import io.towpath.capture.delegate.DelegateLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Activities from the logs of databases: each database is read by one task, by Debezium's own source task. */
public final class ActivityCaptureConnector extends SourceConnector {

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);

    private Map<String, String> props;

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public ConfigDef config() {
        return CaptureConfig.def();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        return new CaptureCheck(live()).check(connectorConfigs);
    }

    @Override
    public void start(Map<String, String> connectorConfigs) {
        CaptureConfig.parse(connectorConfigs);
        props = Map.copyOf(connectorConfigs);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ActivityCaptureTask.class;
    }

    /** Deals the databases out to at most {@code maxTasks} tasks. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<String> databases = CaptureConfig.names(props);
        int tasks = Math.min(maxTasks, databases.size());
        List<Map<String, String>> configs = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            List<String> share = new ArrayList<>();
            for (int i = task; i < databases.size(); i += tasks) {
                share.add(databases.get(i));
            }
            Map<String, String> config = new HashMap<>(props);
            config.put(CaptureConfig.TASK_DATABASES, String.join(",", share));
            configs.add(config);
        }
        return configs;
    }

    @Override
    public void stop() {
        props = null;
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return exactlyOnce(connectorConfig) ? ExactlyOnceSupport.SUPPORTED : ExactlyOnceSupport.UNSUPPORTED;
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> connectorConfig) {
        return exactlyOnce(connectorConfig)
                ? ConnectorTransactionBoundaries.SUPPORTED
                : ConnectorTransactionBoundaries.UNSUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        new OffsetChange(CaptureConfig.parse(connectorConfig), live()::checkReadable).check(offsets);
        return true;
    }

    private static LiveCatalog live() {
        return new Dialects(DelegateLibrary.packaged(), CHECK_LIMIT);
    }

    private static boolean exactlyOnce(Map<String, String> config) {
        String byDefault = Delivery.EXACTLY_ONCE.word();
        return byDefault.equals(config.getOrDefault(CaptureConfig.DELIVERY, byDefault));
    }
}
