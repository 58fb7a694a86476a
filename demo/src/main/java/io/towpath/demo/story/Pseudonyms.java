package io.towpath.demo.story;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The names that customers must have outside of the shop, by the JDK's own HMAC: capture's is not asked. */
final class Pseudonyms {

    private static final String OLDEST = "k1";
    private static final String NEWEST = "k2";

    private final Map<String, String> secrets;

    /** @param secrets by the id of their key, {@code k1} and the newer {@code k2} */
    Pseudonyms(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** As {@code docker/worker/run} makes the keys out of one secret. */
    static Pseudonyms inContainers(String secret) {
        return new Pseudonyms(Map.of(OLDEST, secret + "-" + OLDEST, NEWEST, secret + "-" + NEWEST));
    }

    Map<String, String> secrets() {
        return secrets;
    }

    String newest(String customer) {
        return name(NEWEST, customer);
    }

    /** What an erasure must say: every name that the customer ever had. */
    String erasure(String customer) {
        return "{\"actors\":[\"" + name(NEWEST, customer) + "\",\"" + name(OLDEST, customer) + "\"]}";
    }

    private String name(String key, String customer) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secrets.get(key).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal(customer.getBytes(StandardCharsets.UTF_8));
            return key + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
