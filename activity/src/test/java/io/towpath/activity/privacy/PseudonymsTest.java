package io.towpath.activity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymsTest {

    private static final Instant ROTATION = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pseudonyms.Key OLD = new Pseudonyms.Key("a", new Password("a secret of the year 2025"), null);
    private static final Pseudonyms.Key NEW =
            new Pseudonyms.Key("b", new Password("a secret of the year 2026"), ROTATION);

    /** openssl dgst -sha256 -hmac 'a secret of the year 2025' -binary | base64 */
    @Test
    void itIsHmacSha256WithTheKeysId() {
        assertThat(new Pseudonyms(List.of(OLD)).of("customer-7", null))
                .isEqualTo("a.Dj4mEfM5AGL5SgomsJWgFgXNiDGFdDxesWufNLA1zHU");
    }

    @Test
    void itIsTheHmacOfTheJdk() throws GeneralSecurityException {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] secret = new byte[1 + random.nextInt(200)];
            byte[] text = new byte[random.nextInt(300)];
            random.nextBytes(secret);
            random.nextBytes(text);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertThat(new Hmac(secret).of(text)).as("seed %d", seed).isEqualTo(mac.doFinal(text));
        }
    }

    @Test
    void hashesAreWrittenAsTheJdkWritesThem() {
        for (int length = 0; length < 40; length++) {
            byte[] hash = new byte[length];
            new Random(length).nextBytes(hash);
            assertThat(Base64Url.encode(new Base64Url.Prefix("k."), hash))
                    .isEqualTo("k." + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        }
    }

    @Test
    void pseudonymsAreStableAndKeySeparated() {
        long seed = 7;
        Random random = new Random(seed);
        Pseudonyms both = new Pseudonyms(List.of(NEW, OLD));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String text = Long.toString(random.nextLong(), 36);
            String before = both.of(text, ROTATION.minusMillis(1));
            String after = both.of(text, ROTATION);
            assertThat(before).isEqualTo(new Pseudonyms(List.of(OLD)).of(text, null));
            assertThat(both.all(text)).containsExactly(after, before);
            assertThat(both.of(text, null)).isEqualTo(after);
            assertThat(before.substring(2)).isNotEqualTo(after.substring(2));
            assertThat(before + after).doesNotContain(text);
            seen.add(before);
            seen.add(after);
        }
        assertThat(seen).as("seed %d", seed).hasSize(2000);
    }

    @Test
    void aShortSecretIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new Pseudonyms(List.of(new Pseudonyms.Key("a", new Password("short"), null))))
                .hasMessage("secret of 5 bytes, at least 16");
        assertThat(OLD.toString()).isEqualTo("Key[id=a, secret=[hidden], from=null]");
    }

    @Test
    void oneKeyHoldsSinceEver() {
        assertThatThrownBy(() -> new Pseudonyms(List.of(NEW)))
                .hasMessage("one key, and only one, must hold since ever");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0",
        "10.1.2.3, 10.1.2.0",
        "2001:db8:1:2::7, 2001:db8:1::",
        "fe80::1%eth0, fe80:0:0::",
        "::ffff:192.0.2.77, 192.0.2.0",
        "192.0.2, ''",
        "192.0.2.256, ''",
        "example.org, ''",
        "'', ''",
        "7:x, ''"
    })
    void anIpAddressKeepsItsNetwork(String ip, String network) {
        assertThat(Truncation.ip(ip)).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({"Jo.Doe@Example.ORG, @example.org", "\"a@b\"@c.example, @c.example", "jo, ''", "'', ''"})
    void anEmailAddressKeepsItsDomain(String email, String domain) {
        assertThat(Truncation.email(email)).isEqualTo(domain);
    }
}
