package io.towpath.bench.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** One row of {@link ItemEvents#TABLE}, in the order of its columns. */
record ItemRow(
        Long id,
        String name,
        String email,
        String status,
        Double amount,
        Integer quantity,
        Boolean active,
        Long createdAt,
        Long updatedAt) {
    private static final long TIME = 1_767_225_600_123_456L;

    /** Rows {@code from} to {@code from + count}, the last image per key, sorted by key: first new keys, then any. */
    static List<ItemRow> batch(Random random, long from, int count, long keys) {
        TreeMap<Long, ItemRow> rows = new TreeMap<>();
        for (long i = from; i < from + count; i++) {
            long id = i < keys ? i : random.nextLong(keys);
            rows.put(
                    id,
                    new ItemRow(
                            id,
                            "item number " + i,
                            "someone." + id + "@mail.example",
                            "open",
                            i % 1_000 + 0.25,
                            (int) (i % 100),
                            true,
                            TIME,
                            TIME));
        }
        return new ArrayList<>(rows.values());
    }

    Object[] values() {
        return new Object[] {id, name, email, status, amount, quantity, active, createdAt, updatedAt};
    }
}
