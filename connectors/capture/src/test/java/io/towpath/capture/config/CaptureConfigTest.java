package io.towpath.capture.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class CaptureConfigTest {

    private static final Map<String, String> LEAST = Map.of(
            "name", "shop-activity",
            "databases", "shop",
            "databases.shop.hostname", "db1",
            "databases.shop.user", "capture",
            "databases.shop.password", "hush",
            "rules", "placed",
            "rules.placed.table", "public.orders",
            "rules.placed.type", "order.placed");

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        CaptureConfig config = CaptureConfig.parse(LEAST);

        assertThat(config.topic()).isEqualTo("activity");
        assertThat(config.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(config.onDatabaseFailure()).isEqualTo(FailurePolicy.RETRY);
        assertThat(config.batch()).isEqualTo(new CaptureConfig.Batch(20_000, Duration.ofMillis(200)));
        assertThat(config.progress())
                .isEqualTo(new CaptureConfig.Progress(
                        "towpath-shop-activity-progress", Duration.ofSeconds(5), Duration.ofSeconds(10)));
        assertThat(config.context()).isEqualTo(new CaptureConfig.Context(null, List.of("actor", "request", "ip")));
        assertThat(config.databases())
                .containsExactly(new DatabaseConfig(
                        "shop",
                        Product.POSTGRESQL,
                        "db1",
                        5432,
                        "shop",
                        "capture",
                        new Password("hush"),
                        "towpath_shop_activity_shop",
                        "towpath_shop_activity_shop",
                        null,
                        null,
                        null,
                        Map.of()));
    }

    @Test
    void everyKeyHasItsPlace() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("topic", "clicks");
        props.put("delivery", "at-least-once");
        props.put("capture.on.database.failure", "fail");
        props.put("capture.transaction.max.records", "9");
        props.put("capture.transaction.max.ms", "8");
        props.put("progress.topic", "p");
        props.put("progress.interval.ms", "700");
        props.put("heartbeat.interval.ms", "0");
        props.put("context.message.prefix", "ctx");
        props.put("context.fields", "request");
        props.put("databases.shop.port", "5433");
        props.put("databases.shop.dbname", "shop_eu");
        props.put("databases.shop.slot.name", "s");
        props.put("databases.shop.publication.name", "p");
        props.put("databases.shop.context.table", "public.request");
        props.put("kafka.bootstrap.servers", "k1:9092");
        props.put("databases.shop.debezium.max.batch.size", "10");

        CaptureConfig config = CaptureConfig.parse(props);

        assertThat(config.topic()).isEqualTo("clicks");
        assertThat(config.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(config.onDatabaseFailure()).isEqualTo(FailurePolicy.FAIL);
        assertThat(config.batch()).isEqualTo(new CaptureConfig.Batch(9, Duration.ofMillis(8)));
        assertThat(config.progress()).isEqualTo(new CaptureConfig.Progress("p", Duration.ofMillis(700), Duration.ZERO));
        assertThat(config.context()).isEqualTo(new CaptureConfig.Context("ctx", List.of("request")));
        assertThat(config.kafka()).isEqualTo(Map.of("bootstrap.servers", "k1:9092"));
        assertThat(config.databases())
                .containsExactly(new DatabaseConfig(
                        "shop",
                        Product.POSTGRESQL,
                        "db1",
                        5433,
                        "shop_eu",
                        "capture",
                        new Password("hush"),
                        "s",
                        "p",
                        null,
                        "public.request",
                        null,
                        Map.of("max.batch.size", "10")));
    }

    @Test
    void aMariaDbHasAServerIdAndNoSlot() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("databases.shop.connector", "mariadb");
        props.put("databases.shop.heartbeat.table", "shop.beat");
        props.put("kafka.bootstrap.servers", "k1:9092");

        DatabaseConfig shop = CaptureConfig.parse(props).databases().get(0);

        assertThat(shop.product()).isEqualTo(Product.MARIADB);
        assertThat(shop.port()).isEqualTo(3306);
        assertThat(shop.serverId()).isBetween(1L << 30, 1L << 31);
        assertThat(shop.heartbeatTable()).isEqualTo("shop.beat");
        assertThat(shop.slot()).isNull();
        props.put("databases.shop.slot.name", "s");
        assertThat(UnknownKeys.in(props)).containsOnlyKeys("databases.shop.slot.name");
    }

    @Test
    void aMariaDbNeedsKafkaForTheHistoryOfItsTables() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("databases.shop.connector", "mariadb");

        assertThat(CaptureConfig.mistakes(props)).containsOnlyKeys("kafka.bootstrap.servers");
    }

    @Test
    void noTextOfAConfigHoldsAPassword() {
        assertThat(CaptureConfig.parse(LEAST).toString()).doesNotContain("hush");
    }

    @Test
    void aTaskReadsItsShareOfTheDatabasesOnly() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("databases", "shop,crm");
        props.put("databases.crm.hostname", "db2");
        props.put("databases.crm.user", "capture");
        props.put(CaptureConfig.TASK_DATABASES, "crm");

        assertThat(CaptureConfig.parse(props).databases())
                .extracting(DatabaseConfig::name)
                .containsExactly("crm");
    }

    @Test
    void slotNamesAreLegalAndDifferWhereverTheirTextsDo() {
        assertThat(DatabaseConfig.defaultName("Shop-EU", "crm.1")).isEqualTo("towpath_shop_eu_crm_1");
        String longName = "x".repeat(80);
        assertThat(DatabaseConfig.defaultName(longName, "a"))
                .hasSizeLessThanOrEqualTo(63)
                .isNotEqualTo(DatabaseConfig.defaultName(longName, "b"));
    }

    @Test
    void aSecretThatIsTooShortIsRefusedAndNotRepeated() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("pseudonyms.fields", "actor.id");
        props.put("pseudonyms.keys", "k1");
        props.put("pseudonyms.keys.k1.secret", "tooshort");

        assertThatThrownBy(() -> CaptureConfig.parse(props))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pseudonyms.keys.k1.secret")
                .hasMessageNotContaining("tooshort");
    }

    @Test
    void aDatabaseThatIsDescribedAndNotListedIsNoLongerCaptured() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("databases.crm.hostname", "db2");
        props.put("databases.crm.user", "capture");
        props.put("databases.crm.slot.name", "own");
        props.put("capture.on.database.removed", "drop");

        assertThat(UnknownKeys.in(props)).isEmpty();
        CaptureConfig config = CaptureConfig.parse(props);
        assertThat(config.databases()).extracting(DatabaseConfig::name).containsExactly("shop");
        assertThat(config.removed().policy()).isEqualTo(RemovedPolicy.DROP);
        assertThat(config.removed().databases())
                .extracting(DatabaseConfig::slot)
                .containsExactly("own");
        props.put(CaptureConfig.TASK_DATABASES, "other");
        assertThat(CaptureConfig.parse(props).removed().databases()).isEmpty();
    }

    @Test
    void aSnapshotNeedsSomethingToRead() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("capture.snapshot", "initial");
        assertThat(CaptureConfig.mistakes(props)).containsOnlyKeys("capture.snapshot");
        props.put("capture.snapshot", "consent-only");
        assertThat(CaptureConfig.mistakes(props)).containsOnlyKeys("capture.snapshot");

        props.put("capture.snapshot", "initial");
        props.put("rules.placed.on", "insert,snapshot");
        props.put("consent.table", "public.consent");
        props.put("kafka.bootstrap.servers", "k:9092");
        assertThat(CaptureConfig.mistakes(props)).isEmpty();
        assertThat(CaptureConfig.parse(props).snapshotTables("shop"))
                .containsExactly("public.consent", "public.orders");
        props.put("capture.snapshot", "consent-only");
        assertThat(CaptureConfig.parse(props).snapshotTables("shop")).containsExactly("public.consent");
    }

    @Test
    void aKeyThatNothingReadsIsNamed() {
        Map<String, String> props = new HashMap<>(LEAST);
        props.put("databases.shop.host", "x");
        props.put("databases.crm.hostname", "x");
        props.put("pseudonyms.field", "x");

        assertThat(UnknownKeys.in(props))
                .containsOnlyKeys("databases.shop.host", "databases.crm.hostname", "pseudonyms.field");
    }
}
