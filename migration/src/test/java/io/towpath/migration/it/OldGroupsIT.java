package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** From a Kafka 3.9.1 with its metadata in a ZooKeeper: proven and translated like any other. */
class OldGroupsIT {

    @Test
    void aMigrationFromAZookeeperClusterIsProvenAndItsGroupsGoOnExactly() throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        KafkaCluster old = clusters.stack.zookeeperKafka("old", 1, Map.of());
        try (Writer writer = new Writer(old.bootstrapServers())) {
            writer.topic("veteran", 1, Map.of());
            writer.topic("veteran-keys", 1, Map.of("cleanup.policy", "compact"));
            writer.transactions("veteran", 0, 30, 10);
            writer.updates("veteran-keys", 200, 20);
            TopicPartition partition = new TopicPartition("veteran", 0);
            Shelf source = Shelf.of(old.bootstrapServers(), partition);
            long position = source.positionWithLag(57);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", old.bootstrapServers()))) {
                admin.alterConsumerGroupOffsets(
                                "veterans", Map.of(partition, new OffsetAndMetadata(position, "57 to go")))
                        .all()
                        .get();
            }
            String file = clusters.migrationFrom(old, "veteran", List.of("veteran", "veteran-keys"), "veterans");
            assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
            assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
            CommandRun verify = CommandRun.of("verify", "-f", file);
            assertThat(verify.lastLine())
                    .as(verify.toString())
                    .isEqualTo("verify: Match of 100 % (400 records equal, 0 not proven)");
            CommandRun translate = CommandRun.of("offsets", "translate", "-f", file, "--apply");
            assertThat(translate.exit()).as(translate.toString()).isEqualTo(Exit.DONE);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc2.bootstrapServers()))) {
                OffsetAndMetadata set = admin.listConsumerGroupOffsets("veterans")
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition);
                assertThat(Shelf.of(clusters.dc2.bootstrapServers(), partition).next(set.offset()))
                        .isEqualTo(source.next(position));
                assertThat(set.metadata()).isEqualTo("57 to go");
            }
        } finally {
            old.brokers().forEach(Server::kill);
        }
    }
}
