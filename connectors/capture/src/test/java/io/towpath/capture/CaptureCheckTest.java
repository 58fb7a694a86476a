package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Catalog;
import io.towpath.capture.database.LiveCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class CaptureCheckTest {

    private static final Catalog.Table ORDERS =
            new Catalog.Table(Set.of("id", "customer", "status"), Set.of("id"), false, false);

    @Test
    void aRuleNeedsItsTableInOneOfTheDatabasesOnly() {
        Map<String, String> props = props();
        props.put("databases", "shop,crm");
        props.put("databases.crm.hostname", "db2");
        props.put("databases.crm.user", "capture");

        assertThat(errors(props, (database, tables) -> tables("shop".equals(database.name()))))
                .isEmpty();
        assertThat(errors(props, (database, tables) -> tables(false))).containsOnlyKeys("rules.placed.table");
    }

    @Test
    void aDatabaseThatCannotBeAskedHidesNoOtherMistakeAndAccusesNoRule() {
        Catalog refused = new Catalog(null, Map.of("databases.shop.password", "refused"));

        assertThat(errors(props(), (database, tables) -> refused)).containsOnlyKeys("databases.shop.password");
    }

    @Test
    void theTableInWhichApplicationsSayWhoActsMustBeThere() {
        Map<String, String> props = props();
        props.put("databases.shop.context.table", "public.said");

        assertThat(errors(props, (database, tables) -> tables(true))).containsOnlyKeys("databases.shop.context.table");
    }

    @Test
    void slotsThatNoDatabaseOfTheConfigHasAreListedAndAreNoError() {
        Fake live = new Fake((database, tables) -> tables(true));

        assertThat(new CaptureCheck(live).check(props()).configValues())
                .filteredOn(value -> value.name().equals("capture.on.database.removed"))
                .singleElement()
                .satisfies(value -> {
                    assertThat(value.recommendedValues()).isEqualTo(List.of("drop towpath_shop_x"));
                    assertThat(value.errorMessages()).isEmpty();
                });
    }

    @Test
    void columnsAreCheckedOnTheKeyThatNamesThem() {
        Map<String, String> props = props();
        props.put("rules.placed.data", "total");

        assertThat(errors(props, (database, tables) -> tables(true))).containsOnlyKeys("rules.placed.data");
    }

    @Test
    void aRuleThatComparesRowsNeedsTheOldOnesInTheLog() {
        Map<String, String> props = props();
        props.put("rules.placed.on", "update");
        props.put("rules.placed.columns", "status");

        assertThat(errors(props, (database, tables) -> tables(true)))
                .hasEntrySatisfying(
                        "rules.placed.table", message -> assertThat(message).contains("REPLICA IDENTITY FULL"));
    }

    @Test
    void eachDeliverySaysWhatConnectMustBeTold() {
        Map<String, String> props = props();
        props.put("transaction.boundary", "poll");
        assertThat(errors(props, (database, tables) -> tables(true))).containsOnlyKeys("transaction.boundary");

        props.put("delivery", "at-least-once");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();

        props.put("delivery", "best-effort");
        assertThat(errors(props, (database, tables) -> tables(true))).containsOnlyKeys("producer.override.acks");

        props.put("producer.override.acks", "1");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();
    }

    @Test
    void noDatabaseIsAskedWhileTheConfigIsWrongByItself() {
        AtomicBoolean asked = new AtomicBoolean();
        Map<String, String> props = props();
        props.put("delivery", "perhaps");

        Map<String, String> errors = errors(props, (database, tables) -> {
            asked.set(true);
            return tables(true);
        });

        assertThat(errors).containsOnlyKeys("delivery");
        assertThat(asked).isFalse();
    }

    @Test
    void whatCaptureReliesOnCannotBePassedThroughToTheDelegate() {
        for (String key : List.of(
                "snapshot.mode",
                "slot.name",
                "heartbeat.interval.ms",
                "lsn.flush.mode",
                "skipped.operations",
                "topic.naming.strategy",
                "offset.mismatch.strategy")) {
            Map<String, String> props = props();
            props.put("databases.shop.debezium." + key, "x");
            props.put("databases.shop.debezium.max.batch.size", "10");

            assertThat(errors(props, (database, tables) -> tables(true)))
                    .containsOnlyKeys("databases.shop.debezium." + key);
        }
    }

    @Test
    void whatWouldLoseOrAlterChangesCannotBePassedThroughToTheDelegate() {
        for (String key : List.of(
                "inconsistent.schema.handling.mode",
                "event.converting.failure.handling.mode",
                "gtid.source.includes",
                "include.query",
                "column.exclude.list",
                "message.prefix.exclude.list",
                "schema.history.internal.store.only.captured.tables.ddl",
                "schema.history.internal.skip.unparseable.ddl",
                "schema.history.internal.producer.ssl.keystore.key")) {
            Map<String, String> props = onMariaDb(props());
            props.put("databases.shop.debezium." + key, "x");

            assertThat(errors(props, (database, tables) -> tables(true)))
                    .containsOnlyKeys("databases.shop.debezium." + key);
        }
    }

    @Test
    void aTlsModeThatTheProductDoesNotKnowIsRefused() {
        Map<String, String> props = onMariaDb(props());
        String key = "databases.shop.debezium.database.ssl.mode";
        for (String mode : List.of("disable", "trust", "verify-ca", "verify-full")) {
            props.put(key, mode);
            assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();
        }

        props.put(key, "required");
        assertThat(errors(props, (database, tables) -> tables(true)))
                .hasEntrySatisfying(key, message -> assertThat(message).contains("'required'", "verify-full"));
        props.put("databases.shop.connector", "mysql");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();
    }

    @Test
    void aPrivateKeyThatTheDelegateWouldLogIsRefused() {
        Map<String, String> props = props();
        props.put("kafka.ssl.keystore.key", "secret");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();

        assertThat(errors(onMariaDb(props), (database, tables) -> tables(true)))
                .containsOnlyKeys("kafka.ssl.keystore.key")
                .hasEntrySatisfying(
                        "kafka.ssl.keystore.key",
                        message -> assertThat(message)
                                .contains("kafka.ssl.keystore.location")
                                .doesNotContain("secret"));
    }

    @Test
    void anActorWhoMayBeErasedIsNotCutShort() {
        Map<String, String> props = props();
        props.put("pseudonyms.truncate.email", "actor.id");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();

        props.put("databases.shop.consent.table", "public.consent");
        props.put("kafka.bootstrap.servers", "broker1:9092");
        assertThat(errors(props, (database, tables) -> tables(true))).containsOnlyKeys("pseudonyms.truncate.email");
    }

    @Test
    void consentNeedsALogWhosePositionsNeverGoBack() {
        Map<String, String> props = props();
        props.put("kafka.bootstrap.servers", "broker1:9092");
        Catalog.Table consent = new Catalog.Table(
                Set.of("actor", "category", "allowed", "changed_at"), Set.of("actor", "category"), false, false);
        Catalog catalog =
                new Catalog(Map.of("public.orders", ORDERS, "public.consent", consent), Map.of(), "it goes back");
        assertThat(errors(props, (database, tables) -> catalog)).isEmpty();

        props.put("consent.table", "public.consent");
        assertThat(errors(props, (database, tables) -> catalog))
                .containsExactlyEntriesOf(Map.of("databases.shop.hostname", "it goes back"));
    }

    @Test
    void aRemovedDatabaseWhoseSlotIsStillReadIsRefused() {
        Map<String, String> props = props();
        props.put("databases.old.hostname", "DB1");
        props.put("databases.old.user", "capture");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();

        props.put("databases.old.slot.name", "towpath_shop_shop");
        assertThat(errors(props, (database, tables) -> tables(true))).containsOnlyKeys("databases.old.slot.name");
    }

    @Test
    void aRuleOnDeletesReadsWhatTheLogHoldsOfADeletedRow() {
        Map<String, String> props = props();
        props.put("rules.placed.on", "delete");
        props.put("rules.placed.actor.id", "${id}");
        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();

        props.put("rules.placed.actor.id", "${customer}");
        assertThat(errors(props, (database, tables) -> tables(true)))
                .hasEntrySatisfying(
                        "rules.placed.table",
                        message -> assertThat(message)
                                .contains("reads customer of a deleted row")
                                .contains("REPLICA IDENTITY FULL"));
    }

    @Test
    void aRuleOnAPartitionedTableIsRefusedBecauseTheLogNamesThePartitions() {
        Catalog.Table orders = new Catalog.Table(ORDERS.columns(), ORDERS.columns(), true, true);

        assertThat(errors(props(), (database, tables) -> new Catalog(Map.of("public.orders", orders), Map.of())))
                .hasEntrySatisfying(
                        "rules.placed.table", message -> assertThat(message).contains("is partitioned"));
    }

    @Test
    void aKeyThatNeitherConnectNorCaptureKnowsIsRefused() {
        Map<String, String> props = props();
        props.put("capture.transaction.max.record", "1");
        props.put("rule.placed.table", "public.orders");
        props.put("topik", "activity");

        assertThat(errors(props, (database, tables) -> tables(true)))
                .containsOnlyKeys("capture.transaction.max.record", "rule.placed.table", "topik");
    }

    @Test
    void connectsOwnKeysAreNotOurs() {
        Map<String, String> props = props();
        for (String key : List.of(
                "connector.class",
                "connector.plugin.version",
                "tasks.max",
                "key.converter",
                "key.converter.plugin.version",
                "value.converter.schemas.enable",
                "header.converter",
                "transforms",
                "transforms.gate.type",
                "predicates.p.type",
                "errors.tolerance",
                "config.action.reload",
                "exactly.once.support",
                "transaction.boundary.interval.ms",
                "offsets.storage.topic",
                "topic.creation.groups",
                "topic.creation.default.partitions",
                "producer.override.transaction.timeout.ms",
                "admin.override.retries",
                "consumer.override.retries")) {
            props.put(key, "x");
        }

        assertThat(errors(props, (database, tables) -> tables(true))).isEmpty();
    }

    private static Catalog tables(boolean withOrders) {
        return new Catalog(withOrders ? Map.of("public.orders", ORDERS) : Map.of(), Map.of());
    }

    private static Map<String, String> errors(
            Map<String, String> props, BiFunction<DatabaseConfig, Set<String>, Catalog> catalogs) {
        Map<String, String> errors = new TreeMap<>();
        for (ConfigValue value :
                new CaptureCheck(new Fake(catalogs)).check(props).configValues()) {
            value.errorMessages().forEach(message -> errors.put(value.name(), message));
        }
        return errors;
    }

    record Fake(BiFunction<DatabaseConfig, Set<String>, Catalog> catalogs) implements LiveCatalog {
        @Override
        public Catalog read(DatabaseConfig database, Set<String> tables) {
            return catalogs.apply(database, tables);
        }

        @Override
        public void checkReadable(DatabaseConfig database, Map<String, ?> boundary) {}

        @Override
        public List<String> orphans(DatabaseConfig database, String prefix, Set<String> known) {
            return List.of("drop " + prefix + "x");
        }
    }

    private static Map<String, String> onMariaDb(Map<String, String> props) {
        props.put("databases.shop.connector", "mariadb");
        props.put("kafka.bootstrap.servers", "broker1:9092");
        return props;
    }

    private static Map<String, String> props() {
        Map<String, String> props = new HashMap<>();
        props.put("name", "shop");
        props.put("transaction.boundary", "connector");
        props.put("databases", "shop");
        props.put("databases.shop.hostname", "db1");
        props.put("databases.shop.user", "capture");
        props.put("rules", "placed");
        props.put("rules.placed.table", "public.orders");
        props.put("rules.placed.type", "order.placed");
        props.put("rules.placed.actor.id", "${customer}");
        return props;
    }
}
