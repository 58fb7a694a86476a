package io.towpath.migration.journal;

import io.towpath.migration.config.Cluster;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Clients of one cluster that give up soon: a cluster that is down must not keep the other's copy from being read. */
record JournalClients(Cluster cluster, String transactionalId) {

    private static final int CALL = 8_000;
    private static final int ALL_TRIES = 15_000;
    private static final int LARGEST = 8 * 1024 * 1024;

    Admin admin() {
        Map<String, Object> properties = cluster.properties();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ALL_TRIES);
        return Admin.create(properties);
    }

    Map<String, Object> reading() {
        Map<String, Object> properties = cluster.properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ALL_TRIES);
        return properties;
    }

    Map<String, Object> writing() {
        Map<String, Object> properties = cluster.properties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ALL_TRIES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ALL_TRIES);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, ALL_TRIES);
        return properties;
    }
}
