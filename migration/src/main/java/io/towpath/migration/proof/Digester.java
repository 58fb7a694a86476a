package io.towpath.migration.proof;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Records to {@link Entry}s. The digest is XXH3 (128 bits) of each part, mixed: it tells accidents apart, it is no defence against someone
 * who forges records on purpose. One instance per thread.
 */
public final class Digester {

    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private final HashStream128 stream = HASHER.hashStream();

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
        long keyLow = low(key);
        long valueLow = low(value);
        long headersLow = low(headers);
        long nulls = (key == null ? 1 : 0) | (value == null ? 2 : 0) | (headers == null ? 4 : 0);
        return new Entry(
                record.offset(),
                chain(nulls, record.timestamp(), high(key), high(value), high(headers)),
                chain(~nulls, record.timestamp(), keyLow, valueLow, headersLow),
                key == null ? Entry.NO_KEY : keyLow,
                valueLow,
                headersLow,
                record.timestamp(),
                value == null);
    }

    private static long high(HashValue128 digest) {
        return digest == null ? 0 : digest.getMostSignificantBits();
    }

    private static long low(HashValue128 digest) {
        return digest == null ? 0 : digest.getLeastSignificantBits();
    }

    /**
     * Half of the digest of the whole: the halves of the parts are digests already, so mixing them is enough. Every link
     * is a bijection of the part it takes in: records that differ in one part alone never come out equal.
     */
    private static long chain(long nulls, long timestamp, long key, long value, long headers) {
        return mix(mix(mix(mix(nulls + 0x9E3779B97F4A7C15L ^ timestamp) + key) + value) + headers);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014, variant 13 of Stafford). */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
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
