package io.towpath.jdbc.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the parts of <code>{"schema":{…},"payload":…}</code> lie in the bytes of a record, as JsonConverter writes it. Only
 * ends of objects, arrays and strings are looked for here (RFC 8259): whether they are valid between their ends is for the
 * parser to say.
 */
final class Envelope {
    private static final byte[] SCHEMA = "{\"schema\":".getBytes(US_ASCII);
    private static final byte[] PAYLOAD = ",\"payload\":".getBytes(US_ASCII);
    private static final int DEEPEST = 500; // half of what Jackson reads

    private Envelope() {}

    /** The bytes up to the payload; empty when the record does not begin as JsonConverter's do, with an object as schema. */
    static Optional<ByteBuffer> opening(byte[] record) {
        if (!has(record, 0, SCHEMA) || !isAt(record, SCHEMA.length, '{')) {
            return Optional.empty();
        }
        int end = end(record, SCHEMA.length);
        return has(record, end, PAYLOAD)
                ? Optional.of(ByteBuffer.wrap(record, 0, end + PAYLOAD.length))
                : Optional.empty();
    }

    /**
     * The schema as JSON.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    static String schema(byte[] opening) throws CharacterCodingException {
        int length = opening.length - SCHEMA.length - PAYLOAD.length;
        return UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(opening, SCHEMA.length, length))
                .toString();
    }

    /** Whether behind the value that begins at {@code payload} there is nothing but the brace that closes the record. */
    static boolean closesAfterPayload(byte[] record, int payload) {
        int close = record.length - 1;
        return isAt(record, close, '}') && payload < close && end(record, payload) == close;
    }

    /**
     * Index behind the object, array or string that begins at {@code from}; the record's length for anything else, for what
     * has no end, and for what the parser should see in its place: nested deeply (it has a limit), or with a zero where it
     * looks for the encoding.
     */
    private static int end(byte[] record, int from) {
        if (isAt(record, from + 1, '\0')) {
            return record.length;
        }
        if (isAt(record, from, '"')) {
            return endOfString(record, from);
        }
        return isAt(record, from, '{') || isAt(record, from, '[') ? endOfNested(record, from) : record.length;
    }

    private static int endOfNested(byte[] record, int from) {
        int depth = 0;
        int at = from;
        while (at < record.length && depth <= DEEPEST) {
            byte one = record[at];
            at = one == '"' ? endOfString(record, at) : at + 1;
            if (one == '{' || one == '[') {
                depth++;
            } else if ((one == '}' || one == ']') && --depth == 0) {
                return at;
            }
        }
        return record.length;
    }

    private static int endOfString(byte[] record, int quote) {
        int at = quote + 1;
        while (at < record.length && record[at] != '"') {
            at += record[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, record.length);
    }

    private static boolean isAt(byte[] record, int index, char wanted) {
        return index < record.length && record[index] == wanted;
    }

    private static boolean has(byte[] record, int from, byte[] wanted) {
        int to = from + wanted.length;
        return to <= record.length && Arrays.equals(record, from, to, wanted, 0, wanted.length);
    }
}
