package io.towpath.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorErasedTest {

    private static final Activity.Source SOURCE = new Activity.Source("shop", "public.consent", "update", "123", "7");

    @Test
    void theEventCarriesEveryNameAndIsKeyedByTheNewest() {
        Activity event = ActorErased.of("id", List.of("k2.new", "k1.\"old\""), Instant.EPOCH, SOURCE);

        assertThat(ActorErased.is(event)).isTrue();
        assertThat(event.actor().id()).isEqualTo("k2.new");
        assertThat(event.data()).isEqualTo("{\"actors\":[\"k2.new\",\"k1.\\\"old\\\"\"]}");
        assertThat(ActorErased.names(event.data())).containsExactly("k2.new", "k1.\"old\"");
    }

    @Test
    void theEventPassesThroughTheSchema() {
        Activity event = ActorErased.of("id", List.of("7"), Instant.EPOCH, SOURCE);

        assertThat(ActivitySchema.fromStruct(ActivitySchema.toStruct(event))).isEqualTo(event);
    }

    @Test
    void anErasureOfNobodyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ActorErased.of("id", List.of(), Instant.EPOCH, SOURCE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "[]", "{}", "{\"actors\":[]}", "{\"actors\":\"ada\"}", "{\"actors\":[7]}", "{\"actors\":["})
    void dataWithoutNamesIsAnErrorThatNamesNobody(String data) {
        assertThatThrownBy(() -> ActorErased.names(data))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("actor.erased")
                .hasMessageNotContaining("ada");
    }
}
