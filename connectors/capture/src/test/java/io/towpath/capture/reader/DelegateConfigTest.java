package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.Dialects;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DelegateConfigTest {

    private static Map<String, String> delegate(String connector) {
        CaptureConfig config = CaptureConfig.parse(Map.of(
                "name", connector,
                "databases", "shop",
                "databases.shop.connector", "mariadb",
                "databases.shop.hostname", "db1",
                "databases.shop.user", "u",
                "kafka.bootstrap.servers", "k:9092",
                "rules", "placed",
                "rules.placed.table", "shop.orders",
                "rules.placed.type", "order.placed"));
        DatabaseConfig shop = config.databases().get(0);
        return DelegateConfig.of(config, shop, new Dialects(null, Duration.ZERO).of(shop, config), Set.of());
    }

    @Test
    void twoConnectorsOfOneWorkerMayUseOneNameForTheirDatabases() {
        assertThat(delegate("first").get("topic.prefix"))
                .isEqualTo(delegate("second").get("topic.prefix"));
        assertThat(delegate("first")).containsEntry("custom.metric.tags", "connector=first");
        assertThat(delegate("a,b=c d")).containsEntry("custom.metric.tags", "connector=a_b_c_d");
    }
}
