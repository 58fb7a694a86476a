package io.towpath.capture.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.config.BadChangePolicy;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position.Part;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ActivityStagesTest {

    private static final Part PLACE = new Part("9", 4711, 1);
    private static final CaptureConfig CONFIG = CaptureConfig.parse(Map.of(
            "name", "shop-activity",
            "databases", "shop",
            "databases.shop.hostname", "db1",
            "databases.shop.user", "capture",
            "rules", "viewed",
            "rules.viewed.message.prefix", "page-view",
            "rules.viewed.type", "page.${kind}"));

    private final List<Outgoing> out = new ArrayList<>();

    @Test
    void aBadChangeFailsWithItsRuleAndItsPlaceAndWithoutItsContent() {
        ActivityStages stages = stages(new BadChanges("shop", BadChangePolicy.FAIL));

        assertThatThrownBy(() -> stages.apply(message("secret, no JSON"), PLACE, out))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("database shop", "4711", "transaction 9", "rule 'viewed'", "page-view")
                .hasMessageNotContaining("secret")
                .hasStackTraceContaining("capture.on.bad.change=skip");
        assertThat(out).isEmpty();
    }

    @Test
    void aBadChangeIsCountedAndLeftOutWhereThatIsAskedForAndTheNextIsNot() {
        BadChanges bad = new BadChanges("shop", BadChangePolicy.SKIP);
        ActivityStages stages = stages(bad);

        stages.apply(message("no JSON"), PLACE, out);
        stages.apply(message("{\"kind\":null}"), PLACE, out);
        stages.apply(message("{\"kind\":\"viewed\"}"), PLACE, out);

        assertThat(bad.skipped()).isEqualTo(2);
        assertThat(out).hasSize(1);
        assertThat(out.get(0).headers().lastWithName("towpath_system").value()).isEqualTo("7341");
    }

    @Test
    void aMistakeOfOurOwnIsMetLikeABadChangeAndRepeatsNoWordOfIt() {
        Map<String, Object> broken = new AbstractMap<>() {
            @Override
            public Set<Map.Entry<String, Object>> entrySet() {
                throw new IllegalStateException("secret");
            }
        };
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "shop.message", null, broken);

        assertThatThrownBy(() ->
                        stages(new BadChanges("shop", BadChangePolicy.FAIL)).apply(record, PLACE, out))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("IllegalStateException")
                .satisfies(failure ->
                        assertThat(failure.toString() + failure.getCause()).doesNotContain("secret"));
        BadChanges skipping = new BadChanges("shop", BadChangePolicy.SKIP);
        stages(skipping).apply(record, PLACE, out);
        assertThat(skipping.skipped()).isEqualTo(1);
    }

    private static ActivityStages stages(BadChanges bad) {
        return new ActivityStages("7341", CONFIG.databases().get(0), CONFIG, bad, Optional.empty());
    }

    private static SourceRecord message(String content) {
        Map<String, Object> value = Map.of(
                "op", "m",
                "source", Map.of("db", "shop", "txId", 9L, "lsn", 4711L, "ts_ms", 1L),
                "message", Map.of("prefix", "page-view", "content", content.getBytes(StandardCharsets.UTF_8)));
        return new SourceRecord(Map.of(), Map.of("lsn", 4711L), "shop.message", null, value);
    }
}
