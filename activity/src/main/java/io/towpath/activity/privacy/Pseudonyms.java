package io.towpath.activity.privacy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.config.types.Password;

/**
 * Names for persons that only the holder of a key can connect with them: {@code <key id>.<HMAC-SHA-256, base64url>}.
 *
 * <p>Always: the same text has the same pseudonym under the same key, in every field and every process; under another key
 * it has another one, and nothing but the key connects the two.
 */
public final class Pseudonyms {

    /** Fewest bytes of a secret. */
    public static final int LEAST_SECRET = 16;

    private final List<Keyed> newestFirst;

    /**
     * A key and the time from which it is used.
     *
     * @param id stands in every pseudonym, so it must tell nothing
     * @param secret at least {@link #LEAST_SECRET} bytes in UTF-8
     * @param from records of this time and later use the key, until the next one's; null: since ever
     */
    public record Key(String id, Password secret, Instant from) {}

    private record Keyed(Base64Url.Prefix prefix, Instant from, Hmac hmac) {}

    /** @param keys one of them, and only one, without a time; the rest with different times */
    public Pseudonyms(List<Key> keys) {
        if (keys.stream().filter(key -> key.from() == null).count() != 1) {
            throw new IllegalArgumentException("one key, and only one, must hold since ever");
        }
        newestFirst = keys.stream()
                .sorted(Comparator.comparing(Key::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .reversed())
                .map(key -> new Keyed(new Base64Url.Prefix(key.id() + "."), key.from(), hmac(key.secret())))
                .toList();
    }

    /** The pseudonym of {@code text}, under the key of the time {@code at}; under the newest for null. */
    public String of(String text, Instant at) {
        if (at != null && newestFirst.size() > 1) {
            for (Keyed key : newestFirst) {
                if (key.from == null || !at.isBefore(key.from)) {
                    return name(key, text);
                }
            }
        }
        return name(newestFirst.get(0), text);
    }

    /** The pseudonyms of {@code text} under every key, newest first: what an erasure must find. */
    public List<String> all(String text) {
        return newestFirst.stream().map(key -> name(key, text)).toList();
    }

    private static String name(Keyed key, String text) {
        return Base64Url.encode(key.prefix, key.hmac.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Hmac hmac(Password secret) {
        byte[] bytes = secret.value().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_SECRET) {
            throw new IllegalArgumentException("secret of " + bytes.length + " bytes, at least " + LEAST_SECRET);
        }
        return new Hmac(bytes);
    }
}
