package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.config.CaptureConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;

class ActivityCaptureConnectorTest {

    private final ActivityCaptureConnector connector = new ActivityCaptureConnector();

    @Test
    void exactlyOnceIsPromisedOnlyForTheDeliveryThatKeepsIt() {
        assertThat(promised(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(promised(Map.of("delivery", "exactly-once"))).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        for (String weaker : List.of("at-least-once", "best-effort")) {
            assertThat(promised(Map.of("delivery", weaker))).as(weaker).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
            assertThat(connector.canDefineTransactionBoundaries(Map.of("delivery", weaker)))
                    .as(weaker)
                    .isEqualTo(ConnectorTransactionBoundaries.UNSUPPORTED);
        }
        assertThat(connector.canDefineTransactionBoundaries(Map.of()))
                .isEqualTo(ConnectorTransactionBoundaries.SUPPORTED);
    }

    @Test
    void theDatabasesAreDealtOutToAsManyTasksAsThereMayBeAndEachIsReadByOne() {
        connector.start(props("a", "b", "c"));

        assertThat(shares(2)).containsExactly("a,c", "b");
        assertThat(shares(5)).containsExactly("a", "b", "c");
    }

    private ExactlyOnceSupport promised(Map<String, String> config) {
        return connector.exactlyOnceSupport(config);
    }

    private List<String> shares(int tasks) {
        return connector.taskConfigs(tasks).stream()
                .map(config -> config.get(CaptureConfig.TASK_DATABASES))
                .toList();
    }

    private static Map<String, String> props(String... databases) {
        Map<String, String> props = new HashMap<>();
        props.put("name", "shop");
        props.put("databases", String.join(",", databases));
        for (String database : databases) {
            props.put("databases." + database + ".hostname", "db-" + database);
            props.put("databases." + database + ".user", "capture");
        }
        props.put("rules", "placed");
        props.put("rules.placed.table", "public.orders");
        props.put("rules.placed.type", "order.placed");
        props.put("rules.placed.actor.id", "${customer}");
        return props;
    }
}
