package io.towpath.migration.redrive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record of a dead-letter queue, with what Connect's context headers say of it (KIP-298).
 *
 * @param origin that of its first refusal, also when it was re-driven and refused again; null when nothing tells
 */
record Letter(ConsumerRecord<byte[], byte[]> record, Origin origin) {
    /** The sink knows a re-driven record by this header. */
    static final String ORIGIN = "towpath.redrive";

    /** Makes the sink take the record off its list without writing it. */
    static final String SKIP = "towpath.redrive.skip";

    private static final String CONTEXT = "__connect.errors.";

    static Letter of(ConsumerRecord<byte[], byte[]> record) {
        Optional<Origin> earlier = Origin.parse(text(record, ORIGIN));
        return new Letter(record, earlier.or(() -> context(record)).orElse(null));
    }

    private static Optional<Origin> context(ConsumerRecord<byte[], byte[]> record) {
        return Origin.parse(text(record, CONTEXT + "topic") + "-" + text(record, CONTEXT + "partition") + "@"
                + text(record, CONTEXT + "offset"));
    }

    /** Whether this connector's task refused it: what a converter or a transform refuses never reached the sink. */
    boolean isOf(String connector) {
        return connector.equals(text(record, CONTEXT + "connector.name"));
    }

    boolean isOfTheSinkItself() {
        return text(record, CONTEXT + "stage").equals("TASK_PUT");
    }

    ProducerRecord<byte[], byte[]> again(String topic, boolean skip) {
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(CONTEXT) && !header.key().startsWith(ORIGIN)) {
                headers.add(header);
            }
        }
        headers.add(ORIGIN, origin.toString().getBytes(StandardCharsets.UTF_8));
        if (skip) {
            headers.add(SKIP, "true".getBytes(StandardCharsets.UTF_8));
        }
        Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
        return new ProducerRecord<>(topic, null, timestamp, record.key(), record.value(), headers);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Coordinates alone: no payload. */
    @Override
    public String toString() {
        return String.valueOf(origin);
    }
}
