package io.towpath.jdbc.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Knows the values that Debezium puts in place of a large one that did not change and that the database did not log
 * ({@code unavailable.value.placeholder}): the text itself, its bytes, and a list or a map of them.
 */
final class Unavailable {
    private final String text;
    private final ByteBuffer bytes;
    private final List<List<Object>> lists;

    Unavailable(String text) {
        this.text = text;
        this.bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
        List<Object> ints = new ArrayList<>();
        List<Object> longs = new ArrayList<>();
        byte[] numbers = text.getBytes(StandardCharsets.UTF_8);
        for (byte number : numbers) {
            ints.add((int) number);
            longs.add((long) number);
        }
        String uuid = UUID.nameUUIDFromBytes(numbers).toString();
        this.lists = List.of(List.of(text), List.of(uuid), List.of(bytes), ints, longs);
    }

    boolean is(Object value) {
        if (value instanceof String string) {
            return string.equals(text);
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            // Most values end here; the questions below are the dear ones.
            return false;
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.equals(bytes);
        }
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array).equals(bytes);
        }
        if (value instanceof List<?> list) {
            return lists.stream().anyMatch(list::equals);
        }
        return value instanceof Map<?, ?> map && map.size() == 1 && text.equals(map.get(text));
    }
}
