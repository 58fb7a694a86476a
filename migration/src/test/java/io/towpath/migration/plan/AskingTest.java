package io.towpath.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.util.Map;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster may lack is an answer, everything else a failure that says which cluster refused what. */
class AskingTest {

    private final Asking asking = new Asking(new Cluster("dc1", Map.of(Cluster.BOOTSTRAP, "localhost:1")));

    @AfterEach
    void close() {
        asking.close();
    }

    /** The client knows from ApiVersions that the broker has no such request, and fails it before it is sent. */
    @Test
    void aBrokerThatIsTooOldIsAnAnswer() {
        assertThat(lacking(new UnsupportedVersionException("no LIST_TRANSACTIONS")))
                .isEqualTo("its brokers are too old to be asked to list transactions");
    }

    @Test
    void aClusterWithoutAnAuthorizerIsAnAnswer() {
        assertThat(lacking(new SecurityDisabledException("none"))).isEqualTo("it has no authorizer");
    }

    @Test
    void aRightThatWeDoNotHaveIsAnAnswer() {
        assertThat(lacking(new ClusterAuthorizationException("no"))).isEqualTo("our user may not list transactions");
    }

    @Test
    void everythingElseIsAFailureThatNamesTheClusterAndTheQuestion() {
        assertThatThrownBy(() -> lacking(new NotControllerException("moved")))
                .isInstanceOf(ClusterRefusal.class)
                .hasMessage("dc1 refused to list transactions: moved");
        assertThatThrownBy(() -> asking.answer("list topics", failed(new TimeoutException("late"))))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "dc1.bootstrap.servers: localhost:1 given; wanted: brokers that answer (asked to list topics)");
    }

    private String lacking(RuntimeException failure) {
        return asking.ask("list transactions", Map.of(), () -> failed(failure)).lacking();
    }

    private static <T> KafkaFuture<T> failed(RuntimeException failure) {
        KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
        future.completeExceptionally(failure);
        return future;
    }
}
