package io.towpath.migration.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {

    /** As Kafka's own parser takes it; a name that is not found would leave a flow without its limit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.example.Login required username=\"flow\" password=\"p\";",
                "org.example.Login required username='flow' password='p';",
                "org.example.Login required password=p username=flow;",
                "org.example.Login required username = flow password=p;",
            })
    void theNameOfALoginIsReadAsKafkaReadsIt(String login) {
        assertThat(cluster(login).user()).contains("flow");
    }

    @Test
    void aLoginWithoutANameHasNone() {
        assertThat(cluster("org.example.Login required;").user()).isEmpty();
        assertThat(new Cluster("dc1", Map.of(Cluster.BOOTSTRAP, "one:9092")).user())
                .isEmpty();
    }

    private static Cluster cluster(String login) {
        return new Cluster("dc1", Map.of(Cluster.BOOTSTRAP, "one:9092", "sasl.jaas.config", login));
    }
}
