package io.towpath.migration.proof;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Records to {@link Entry}s. The digest is XXH3 (128 bits): it tells accidents apart, it is no defence against someone
 * who forges records on purpose. One instance per thread.
 */
public final class Digester {

    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final HashStream128 stream = HASHER.hashStream();
    private final byte[] parts = new byte[57];

    /**
     * For consumers: a key or value becomes its digest while its bytes are still warm, and the bytes are forgotten; null
     * stays null.
     */
    public static Deserializer<HashValue128> bytes() {
        return new Deserializer<>() {
            @Override
            public HashValue128 deserialize(String topic, byte[] data) {
                return data == null ? null : HASHER.hashBytesTo128Bits(data);
            }

            @Override
            public HashValue128 deserialize(String topic, Headers headers, ByteBuffer data) {
                return hash(data);
            }
        };
    }

    public Entry digest(ConsumerRecord<HashValue128, HashValue128> record) {
        HashValue128 key = record.key();
        HashValue128 value = record.value();
        HashValue128 headers = headers(record.headers());
        HashValue128 whole = whole(key, value, headers, record.timestamp());
        return new Entry(
                record.offset(),
                whole.getMostSignificantBits(),
                whole.getLeastSignificantBits(),
                key == null ? Entry.NO_KEY : key.getLeastSignificantBits(),
                value == null ? 0 : value.getLeastSignificantBits(),
                headers == null ? 0 : headers.getLeastSignificantBits(),
                record.timestamp(),
                value == null);
    }

    /** The digests of the parts in a fixed layout, hashed once more: shorter than any stream. */
    private HashValue128 whole(HashValue128 key, HashValue128 value, HashValue128 headers, long timestamp) {
        LONGS.set(parts, 0, timestamp);
        put(8, key);
        put(24, value);
        put(40, headers);
        parts[56] = (byte) ((key == null ? 1 : 0) | (value == null ? 2 : 0) | (headers == null ? 4 : 0));
        return HASHER.hashBytesTo128Bits(parts);
    }

    private void put(int at, HashValue128 part) {
        LONGS.set(parts, at, part == null ? 0 : part.getMostSignificantBits());
        LONGS.set(parts, at + 8, part == null ? 0 : part.getLeastSignificantBits());
    }

    private static HashValue128 hash(ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.hasArray()) {
            return HASHER.hashBytesTo128Bits(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HASHER.hashBytesTo128Bits(copy);
    }

    private HashValue128 headers(Headers headers) {
        Iterator<Header> all = headers.iterator();
        if (!all.hasNext()) {
            return null;
        }
        stream.reset();
        while (all.hasNext()) {
            Header header = all.next();
            byte[] value = header.value();
            stream.putString(header.key()).putBoolean(value == null);
            if (value != null) {
                stream.putByteArray(value);
            }
        }
        return stream.get();
    }
}
