package io.towpath.capture.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.mariadb.MariaDb;
import io.towpath.capture.mysql.MySql;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BinlogConnectionsTest {

    @Test
    void capturesOwnConnectionsUseTheTlsThatTheDelegateIsTold() {
        Properties properties = properties(
                new MariaDb(),
                Map.of(
                        "databases.shop.debezium.database.ssl.mode", "verify-full",
                        "databases.shop.debezium.database.ssl.truststore", "/run/secrets/truststore.p12",
                        "databases.shop.debezium.database.ssl.truststore.password", "word"));

        assertThat(properties)
                .containsEntry("sslMode", "verify-full")
                .containsEntry("trustStore", "/run/secrets/truststore.p12")
                .containsEntry("trustStorePassword", "word")
                .doesNotContainKey("keyStore");
    }

    @Test
    void withMySqlTlsIsUsedUnlessItIsDisabledAndOnlyThenIsTheServersKeyTakenAsItComes() {
        String mode = "databases.shop.debezium.database.ssl.mode";

        assertThat(properties(new MySql(), Map.of()))
                .containsEntry("sslMode", "trust")
                .doesNotContainKey("allowPublicKeyRetrieval");
        assertThat(properties(new MySql(), Map.of(mode, "disabled")))
                .containsEntry("sslMode", "disable")
                .containsEntry("allowPublicKeyRetrieval", "true");
        assertThat(properties(new MySql(), Map.of(mode, "verify_identity"))).containsEntry("sslMode", "verify-full");
    }

    private static Properties properties(BinlogProduct product, Map<String, String> tls) {
        Map<String, String> props = new HashMap<>(Map.of(
                "name", "shop",
                "databases", "shop",
                "databases.shop.connector", "mariadb",
                "databases.shop.hostname", "db1",
                "databases.shop.user", "capture",
                "kafka.bootstrap.servers", "broker1:9092",
                "rules", "placed",
                "rules.placed.table", "shop.orders",
                "rules.placed.type", "order.placed"));
        props.putAll(tls);
        CaptureConfig config = CaptureConfig.parse(props);
        return new BinlogConnections(product, null, Duration.ofSeconds(1))
                .properties(config.databases().get(0));
    }
}
