package io.towpath.migration.switchover.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WritersTest {

    private static final Set<TopicPartition> ORDERS = Set.of(new TopicPartition(OldBroker.TOPIC, 0));

    @Test
    void whatABrokerIsTooOldToTellIsAskedForAsAccepted() throws Exception {
        try (OldBroker broker = new OldBroker();
                LogView view = new LogView(new Cluster("old", Map.of(Cluster.BOOTSTRAP, broker.bootstrapServers())))) {
            Writers strict = new Writers(view.cluster(), view.admin(), Set.of());
            assertThatThrownBy(() -> strict.producers(ORDERS))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("switch.accept: without no-producer-list; wanted: accept: [no-producer-list], since the"
                            + " brokers of old are too old to list producers: less evidence that writers stand still");
            assertThatThrownBy(() -> strict.transactions(ORDERS))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("wanted: accept: [no-transaction-list]")
                    .hasMessageContaining("the brokers of old are too old to list transactions");
            Writers accepting =
                    new Writers(view.cluster(), view.admin(), Set.of("no-producer-list", "no-transaction-list"));
            assertThat(accepting.producers(ORDERS)).isEmpty();
            assertThat(accepting.transactions(ORDERS)).isEmpty();
        }
    }
}
