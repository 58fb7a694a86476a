package io.towpath.migration.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Whatever differs in a record, even null against empty, differs in its digest; its offset does not count. */
class DigesterTest {

    private final Digester digester = new Digester();

    @Test
    void everyDifferenceIsADifferentDigest() {
        List<Entry> entries = new ArrayList<>();
        entries.add(digest(bytes("k"), bytes("v"), 1, headers()));
        entries.add(digest(bytes("v"), bytes("k"), 1, headers()));
        entries.add(digest(null, bytes("v"), 1, headers()));
        entries.add(digest(bytes(""), bytes("v"), 1, headers()));
        entries.add(digest(bytes("k"), null, 1, headers()));
        entries.add(digest(bytes("k"), bytes(""), 1, headers()));
        entries.add(digest(bytes("k"), bytes("v"), 2, headers()));
        entries.add(digest(bytes("kv"), bytes(""), 1, headers()));
        entries.add(digest(bytes("k"), bytes("v"), 1, headers("a", "1")));
        entries.add(digest(bytes("k"), bytes("v"), 1, headers("a", null)));
        entries.add(digest(bytes("k"), bytes("v"), 1, headers("a", "")));
        entries.add(digest(bytes("k"), bytes("v"), 1, headers("a", "1", "b", "2")));
        entries.add(digest(bytes("k"), bytes("v"), 1, headers("b", "2", "a", "1")));
        entries.add(digest(bytes("k"), bytes("v"), 1, headers("a", "1", "a", "2")));
        Set<List<Long>> digests = new HashSet<>();
        entries.forEach(e -> digests.add(List.of(e.hi(), e.lo())));
        assertThat(digests).hasSameSizeAs(entries);
    }

    @Test
    void whereTheBytesLieDoesNotMatter() {
        ByteBuffer direct = ByteBuffer.allocateDirect(3).put(bytes("abc")).flip();
        ByteBuffer slice = ByteBuffer.wrap("xxabcxx".getBytes(UTF_8), 2, 3).slice();
        Entry one = digest(direct, bytes("v"), 1, headers());
        assertThat(digest(slice, bytes("v"), 1, headers())).isEqualTo(one);
        assertThat(direct.remaining()).isEqualTo(3);
    }

    @Test
    void anyBitOfAPartCounts() {
        byte[] value = new byte[400];
        Entry whole = digest(null, ByteBuffer.wrap(value.clone()), 1, headers());
        for (int i = 0; i < value.length; i++) {
            byte[] other = value.clone();
            other[i] ^= 4;
            assertThat(digest(null, ByteBuffer.wrap(other), 1, headers()).same(whole))
                    .as("byte %s", i)
                    .isFalse();
        }
    }

    private Entry digest(ByteBuffer key, ByteBuffer value, long timestamp, RecordHeaders headers) {
        return digester.digest(new ConsumerRecord<>(
                "t",
                0,
                7,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                hash(key, headers),
                hash(value, headers),
                headers,
                Optional.empty()));
    }

    /** As a consumer calls it: never for null. */
    private static HashValue128 hash(ByteBuffer bytes, RecordHeaders headers) {
        return bytes == null ? null : Digester.bytes().deserialize("t", headers, bytes);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static RecordHeaders headers(String... pairs) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1] == null ? null : pairs[i + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
