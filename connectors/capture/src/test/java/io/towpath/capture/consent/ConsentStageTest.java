package io.towpath.capture.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activity.Activity;
import io.towpath.activity.ActorErased;
import io.towpath.activity.Change;
import io.towpath.activity.Row;
import io.towpath.activity.privacy.Pseudonyms;
import io.towpath.capture.config.CaptureConfig;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsentStageTest {

    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(List.of(
            new Pseudonyms.Key("k1", new Password("0123456789abcdef"), null),
            new Pseudonyms.Key("k2", new Password("fedcba9876543210"), Instant.parse("2026-01-01T00:00:00Z"))));

    private final CaptureConfig config = CaptureConfig.parse(props());
    private final ConsentStage stage = new ConsentStage(
            config, "shop", new ConsentLedger(config.consent(), List.of()), ActorName.pseudonyms(PSEUDONYMS));

    @BeforeEach
    void begin() {
        stage.begin(10);
    }

    @Test
    void anOptOutErasesUnderEveryKeyAndCountsEachReason() {
        assertThat(stage.hear(insert("ada", "activity", true))).isEmpty();
        assertThat(stage.admit(activity("ada")).orElseThrow().consent())
                .isEqualTo(new Activity.Consent("activity", "2026-11-22T10:00:00Z"));
        assertThat(stage.admit(activity("bob"))).isEmpty();

        List<Activity> erasures = stage.hear(insert("ada", "activity", false));

        assertThat(stage.admit(activity("ada"))).isEmpty();
        assertThat(erasures).singleElement().satisfies(erasure -> {
            assertThat(ActorErased.names(erasure.data())).isEqualTo(PSEUDONYMS.all("ada"));
            assertThat(erasure.actor().id()).startsWith("k2.");
            assertThat(erasure.toString()).doesNotContain("ada");
        });
        assertThat(stage.counts().of(Reason.ALLOWED)).isEqualTo(1);
        assertThat(stage.counts().of(Reason.UNKNOWN)).isEqualTo(1);
        assertThat(stage.counts().of(Reason.OPTED_OUT)).isEqualTo(1);
        assertThat(stage.counts().erasures()).isEqualTo(1);
    }

    @Test
    void whatIsStoredHoldsNoPlainName() {
        stage.hear(insert("ada", "activity", false));

        assertThat(stage.end(20)).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("towpath-capture-consent");
            assertThat(record.key()).startsWith("shop/k2.");
            assertThat(ConsentRecord.parse(record.value().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .toString())
                    .doesNotContain("ada");
        });
    }

    @Test
    void leavingACategoryThatNobodyAsksForErasesNothing() {
        assertThat(stage.hear(insert("ada", "newsletter", false))).isEmpty();
        assertThat(stage.hear(insert("ada", "clicks", false))).hasSize(1);
    }

    @Test
    void aDeletedRowLeavesTheDefaultAndARowThatChangesHandsCountsForBoth() {
        stage.hear(insert("ada", "activity", true));
        assertThat(stage.hear(change(Change.Kind.DELETE, row("ada", "activity", true), null)))
                .hasSize(1);
        assertThat(stage.admit(activity("ada"))).isEmpty();

        stage.hear(insert("ada", "activity", true));
        List<Activity> erased =
                stage.hear(change(Change.Kind.UPDATE, row("ada", "activity", true), row("bob", "activity", true)));
        assertThat(erased)
                .singleElement()
                .satisfies(
                        erasure -> assertThat(ActorErased.names(erasure.data())).isEqualTo(PSEUDONYMS.all("ada")));
        assertThat(stage.admit(activity("bob"))).isPresent();
        assertThat(stage.admit(activity("ada"))).isEmpty();
    }

    @Test
    void whatCannotBeUnderstoodIsANoAndARowWithoutAnActorStopsIt() {
        for (Object unclear : new Object[] {null, "perhaps", 0, 2, List.of()}) {
            stage.hear(insert("ada", "activity", true));
            assertThat(stage.hear(insert("ada", "activity", unclear)))
                    .as("%s", unclear)
                    .hasSize(1);
        }
        for (Object clear : new Object[] {true, "true", "T", "yes", 1, (short) 1}) {
            assertThat(stage.hear(insert("ada", "activity", clear)))
                    .as("%s", clear)
                    .isEmpty();
        }
        assertThatThrownBy(() -> stage.hear(insert(null, "activity", false)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("public.consent", "column actor", "4711");
    }

    private static Change insert(String actor, String category, Object allowed) {
        return change(Change.Kind.INSERT, null, row(actor, category, allowed));
    }

    private static Map<String, Object> row(String actor, String category, Object allowed) {
        Map<String, Object> row = new HashMap<>();
        row.put("actor", actor);
        row.put("category", category);
        row.put("allowed", allowed);
        row.put("changed_at", "2026-11-22T10:00:00.000000Z");
        return row;
    }

    private static Change change(Change.Kind kind, Map<String, Object> before, Map<String, Object> after) {
        return new Change(
                kind,
                "public.consent",
                null,
                null,
                before == null ? null : Row.of(before),
                after == null ? null : Row.of(after),
                null,
                Instant.EPOCH,
                new Change.Origin("7341", "shop", "9", "4711", 1));
    }

    private static Activity activity(String actor) {
        return new Activity(
                "id",
                "t",
                new Activity.Actor(actor, null),
                null,
                null,
                null,
                Instant.EPOCH,
                new Activity.Source("shop", "public.orders", "insert", "4712", "9"),
                null);
    }

    private static Map<String, String> props() {
        Map<String, String> props = new HashMap<>();
        props.put("databases", "shop");
        props.put("databases.shop.hostname", "db1");
        props.put("databases.shop.user", "capture");
        props.put("consent.table", "public.consent");
        props.put("kafka.bootstrap.servers", "broker:9092");
        props.put("rules", "placed,clicked");
        for (String rule : List.of("placed", "clicked")) {
            props.put("rules." + rule + ".table", "public." + rule);
            props.put("rules." + rule + ".type", rule);
        }
        props.put("rules.clicked.consent.category", "clicks");
        return props;
    }
}
