package io.towpath.capture.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelegateMetricsTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final DelegateMetrics metrics = new DelegateMetrics();
    private final String tag = metrics.tagged(Map.of()).get("custom.metric.tags");
    private ObjectName other;

    /** Any bean will do. */
    public interface ShownMBean {
        String getLastEvent();
    }

    /** What Debezium shows. */
    public static final class Shown implements ShownMBean {
        @Override
        public String getLastEvent() {
            return "Struct{actor=ada}";
        }
    }

    private static ObjectName shown(String context, String tag) throws Exception {
        ObjectName name =
                new ObjectName("debezium.postgres:type=connector-metrics,context=" + context + ",server=shop," + tag);
        SERVER.registerMBean(new Shown(), name);
        return name;
    }

    @AfterEach
    void forget() throws Exception {
        if (other != null) {
            SERVER.unregisterMBean(other);
        }
    }

    @Test
    void whatADelegateShowsIsTakenAwayWheneverItComesAndNothingOfAnother() throws Exception {
        other = shown("streaming", "towpath=another");
        metrics.hide();
        ObjectName snapshot = shown("snapshot", tag);
        metrics.hide();
        ObjectName streaming = shown("streaming", tag);
        metrics.hide();
        metrics.hide();

        assertThat(SERVER.isRegistered(snapshot)).isFalse();
        assertThat(SERVER.isRegistered(streaming)).isFalse();
        assertThat(SERVER.isRegistered(other)).isTrue();
    }

    @Test
    void noTwoDelegatesHaveTheSameTag() {
        assertThat(new DelegateMetrics().tagged(Map.of("name", "x")))
                .containsEntry("name", "x")
                .doesNotContainEntry("custom.metric.tags", tag);
    }
}
