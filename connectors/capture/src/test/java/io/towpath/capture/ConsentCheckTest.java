package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.database.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class ConsentCheckTest {

    private static final Set<String> COLUMNS = Set.of("actor", "category", "allowed", "changed_at");
    private static final Set<String> KEY = Set.of("actor", "category");

    @Test
    void aTableWithItsColumnsAndKeyIsTaken() {
        assertThat(errors(Map.of(), new Catalog.Table(COLUMNS, KEY, false, false)))
                .isEmpty();
    }

    @Test
    void aTableThatIsNotThereIsNamedOnItsKey() {
        assertThat(errors(Map.of(), null))
                .hasEntrySatisfying(
                        "consent.table",
                        message -> assertThat(message).contains("database shop has no table public.consent"));
        assertThat(errors(Map.of("databases.shop.consent.table", "public.wishes"), null))
                .hasEntrySatisfying(
                        "databases.shop.consent.table",
                        message -> assertThat(message).contains("public.wishes"));
    }

    @Test
    void aColumnThatIsNotThereIsNamedOnItsKey() {
        assertThat(errors(Map.of("consent.column.allowed", "granted"), new Catalog.Table(COLUMNS, KEY, false, false)))
                .hasEntrySatisfying(
                        "consent.column.allowed",
                        message -> assertThat(message).contains("no column granted", "allowed"));
    }

    @Test
    void aTableWhoseDeletedRowsNameNobodyIsRefused() {
        assertThat(errors(Map.of(), new Catalog.Table(COLUMNS, Set.of("id"), false, false)))
                .hasEntrySatisfying(
                        "consent.table", message -> assertThat(message).contains("REPLICA IDENTITY FULL"));
    }

    @Test
    void aTableWithoutAWayToKafkaIsRefused() {
        Map<String, String> props = new HashMap<>(Map.of("kafka.bootstrap.servers", ""));

        assertThat(errors(props, new Catalog.Table(COLUMNS, KEY, false, false)))
                .containsOnlyKeys("kafka.bootstrap.servers");
    }

    @Test
    void aDeliveryThatMayLoseAnOptOutIsRefused() {
        Map<String, String> props =
                new HashMap<>(Map.of("delivery", "best-effort", "kafka.bootstrap.servers", "broker:9092"));

        assertThat(errors(props, new Catalog.Table(COLUMNS, KEY, false, false))).containsOnlyKeys("delivery");
    }

    private static Map<String, String> errors(Map<String, String> own, Catalog.Table consent) {
        Map<String, String> props = new HashMap<>();
        props.put("name", "shop");
        props.put("transaction.boundary", "connector");
        props.put("databases", "shop");
        props.put("databases.shop.hostname", "db1");
        props.put("databases.shop.user", "capture");
        props.put("consent.table", "public.consent");
        props.put("kafka.bootstrap.servers", "broker:9092");
        props.put("rules", "viewed");
        props.put("rules.viewed.message.prefix", "page-view");
        props.put("rules.viewed.type", "page.viewed");
        props.putAll(own);
        Map<String, String> errors = new TreeMap<>();
        CaptureCheck check = new CaptureCheck(new CaptureCheckTest.Fake((database, tables) -> new Catalog(
                consent == null ? Map.of() : Map.of(List.copyOf(tables).get(0), consent), Map.of())));
        for (ConfigValue value : check.check(props).configValues()) {
            value.errorMessages().forEach(message -> errors.put(value.name(), message));
        }
        return errors;
    }
}
