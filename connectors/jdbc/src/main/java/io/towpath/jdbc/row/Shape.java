package io.towpath.jdbc.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of one kind of row, and which of them identify it. Compared by identity: records of one schema share one
 * shape, so that what is worked out for a shape is worked out once.
 */
public final class Shape {
    private final List<Column> columns;
    private final int[] keys;
    private final Map<String, Integer> positions = new HashMap<>();

    /** @param keys names of the columns that identify a row; each is one of {@code columns} */
    public Shape(List<Column> columns, List<String> keys) {
        this.columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
        this.keys = keys.stream().mapToInt(positions::get).toArray();
    }

    public List<Column> columns() {
        return columns;
    }

    public int size() {
        return columns.size();
    }

    /** Where the key's columns stand. */
    public int[] keys() {
        return keys.clone();
    }

    int keySize() {
        return keys.length;
    }

    /** Where the key's column {@code index} stands. */
    int keyPosition(int index) {
        return keys[index];
    }

    Column keyColumn(int index) {
        return columns.get(keys[index]);
    }

    public List<String> keyNames() {
        return java.util.Arrays.stream(keys)
                .mapToObj(i -> columns.get(i).name())
                .toList();
    }

    /** Where {@code name} stands; -1 when it is no column of this shape. */
    public int position(String name) {
        return positions.getOrDefault(name, -1);
    }

    @Override
    public String toString() {
        return columns.stream().map(Column::name).toList().toString();
    }
}
