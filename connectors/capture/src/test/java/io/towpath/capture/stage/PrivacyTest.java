package io.towpath.capture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.Activity;
import io.towpath.activity.privacy.Pseudonyms;
import io.towpath.capture.config.PrivacyConfig;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class PrivacyTest {

    private static final Pseudonyms.Key KEY = new Pseudonyms.Key("k1", new Password("sixteen bytes or more"), null);

    @Test
    void namedFieldsAreReplacedAndOthersStay() {
        Privacy privacy = new Privacy(new PrivacyConfig(
                List.of("actor.id", "data.address.name"), List.of("context.ip"), List.of("data.email"), List.of(KEY)));

        Activity guarded = privacy.of(activity(
                "{\"ip\":\"192.0.2.7\",\"agent\":\"a\"}",
                "{\"email\":\"eve@example.org\",\"address\":{\"name\":\"Eve\",\"city\":\"Ulm\"},\"total\":5}"));

        assertThat(guarded.actor().id()).startsWith("k1.").doesNotContain("eve");
        assertThat(guarded.actor().kind()).isEqualTo("customer");
        assertThat(guarded.context()).isEqualTo("{\"ip\":\"192.0.2.0\",\"agent\":\"a\"}");
        assertThat(guarded.data())
                .contains("\"email\":\"@example.org\"", "\"city\":\"Ulm\"", "\"total\":5", "\"name\":\"k1.")
                .doesNotContain("Eve");
    }

    @Test
    void whatIsAbsentOrNullStaysSo() {
        Privacy privacy =
                new Privacy(new PrivacyConfig(List.of("data.name", "object.id"), List.of(), List.of(), List.of(KEY)));

        Activity guarded = privacy.of(activity(null, "{\"name\":null}"));

        assertThat(guarded.data()).isEqualTo("{\"name\":null}");
        assertThat(guarded.object()).isNull();
        assertThat(guarded.context()).isNull();
    }

    private static Activity activity(String context, String data) {
        Activity.Source source = new Activity.Source("shop", "public.orders", "insert", "11", "9");
        Activity.Actor actor = new Activity.Actor("eve", "customer");
        return new Activity("id", "order.placed", actor, null, context, data, Instant.EPOCH, source, null);
    }
}
