package io.towpath.activity.privacy;

import java.nio.charset.StandardCharsets;

/** Base64url without padding (RFC 4648 §5) behind a prefix, in one array: the JDK's encoder needs three. */
final class Base64Url {

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.ISO_8859_1);

    private static final int SIX_BITS = 0x3f;

    private Base64Url() {}

    /** Text that stands before the encoded bytes; ASCII. */
    static final class Prefix {
        private final byte[] bytes;

        Prefix(String text) {
            bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    static String encode(Prefix prefix, byte[] hash) {
        int whole = hash.length / 3 * 3;
        int rest = hash.length - whole;
        byte[] text = new byte[prefix.bytes.length + whole / 3 * 4 + (rest == 0 ? 0 : rest + 1)];
        System.arraycopy(prefix.bytes, 0, text, 0, prefix.bytes.length);
        int to = prefix.bytes.length;
        for (int i = 0; i < whole; i += 3) {
            int bits = ((hash[i] & 0xff) << 16) | ((hash[i + 1] & 0xff) << 8) | (hash[i + 2] & 0xff);
            text[to++] = ALPHABET[bits >>> 18];
            text[to++] = ALPHABET[(bits >>> 12) & SIX_BITS];
            text[to++] = ALPHABET[(bits >>> 6) & SIX_BITS];
            text[to++] = ALPHABET[bits & SIX_BITS];
        }
        if (rest > 0) {
            int bits = ((hash[whole] & 0xff) << 16) | (rest == 2 ? (hash[whole + 1] & 0xff) << 8 : 0);
            for (int shift = 18; to < text.length; shift -= 6) {
                text[to++] = ALPHABET[(bits >>> shift) & SIX_BITS];
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
