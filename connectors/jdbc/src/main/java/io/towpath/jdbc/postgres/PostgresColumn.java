package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableInfo.ColumnInfo;
import io.towpath.jdbc.type.SqlKind;
import io.towpath.jdbc.type.ValueType;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * How one column of a group travels: as an array of numbers or booleans, which the driver sends in binary, where the
 * table's column is of that type and each value is exactly one; as texts that the database reads, else. Points in time
 * travel as microseconds since 1970.
 *
 * @param name of the column
 * @param element type of the array's elements
 * @param expression what the table gets, made of an element; {@code %s} stands for it
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the driver; nobody changes it
record PostgresColumn(String name, String element, String expression, Object[] values) {
    private static final Set<SqlKind> WHOLE = EnumSet.of(SqlKind.SMALLINT, SqlKind.INTEGER, SqlKind.BIGINT);

    /**
     * The carried column {@code index} of {@code rows}.
     *
     * @param asText whether others than whole numbers travel as texts in any case: one who compares texts wants so
     */
    static PostgresColumn of(RowGroup rows, int index, ColumnInfo column, boolean asText) throws SQLException {
        Column carried = rows.shape().columns().get(rows.columns()[index]);
        ValueType type = carried.type();
        if (type.schema() != null && (!asText || WHOLE.contains(type.kind()))) {
            Binary binary = binary(type, column.type());
            Object[] values = binary == null ? null : binary.values(rows, rows.columns()[index]);
            if (values != null) {
                return new PostgresColumn(carried.name(), binary.element(), binary.expression(), values);
            }
        }
        return new PostgresColumn(carried.name(), "text", "%s::" + column.type(), PostgresTypes.texts(rows, index));
    }

    /** As it is written in {@code sql}, an element of the array standing as {@code reference}. */
    String expression(String reference) {
        return expression.replace("%s", reference);
    }

    /** Null where texts must do: the name of a column's type is {@code schema.name}, quoted where SQL wants it. */
    private static Binary binary(ValueType type, String column) {
        SqlKind kind = type.kind();
        return switch (column) {
            case "pg_catalog.int2" -> WHOLE.contains(kind) ? Binary.of("int2", Short[]::new, Binary::int2) : null;
            case "pg_catalog.int4" -> WHOLE.contains(kind) ? Binary.of("int4", Integer[]::new, Binary::int4) : null;
            case "pg_catalog.int8" -> WHOLE.contains(kind) ? Binary.of("int8", Long[]::new, Binary::int8) : null;
            case "pg_catalog.float4" -> kind == SqlKind.REAL ? Binary.of("float4", Float[]::new, Float.class) : null;
            case "pg_catalog.float8" ->
                kind == SqlKind.DOUBLE ? Binary.of("float8", Double[]::new, Double.class) : null;
            case "pg_catalog.bool" -> kind == SqlKind.BOOLEAN ? Binary.of("bool", Boolean[]::new, Boolean.class) : null;
            case "pg_catalog.\"timestamp\"", "pg_catalog.timestamp" ->
                kind == SqlKind.TIMESTAMP ? micros(type, "timestamp") : null;
            case "pg_catalog.timestamptz" -> kind == SqlKind.INSTANT ? micros(type, "timestamptz") : null;
            default -> null;
        };
    }

    private static Binary micros(ValueType type, String epoch) {
        return type.micros() == null
                ? null
                : new Binary(
                        "int8",
                        "(" + epoch + " 'epoch' + %s * interval '1 microsecond')",
                        Long[]::new,
                        type.micros()::apply);
    }

    /**
     * A type whose arrays the driver sends in binary.
     *
     * @param one a value as the array holds it; null where it is none
     */
    private record Binary(
            String element, String expression, IntFunction<Object[]> array, Function<Object, Object> one) {

        static Binary of(String element, IntFunction<Object[]> array, Function<Object, Object> one) {
            return new Binary(element, "%s", array, one);
        }

        static Binary of(String element, IntFunction<Object[]> array, Class<?> wanted) {
            return of(element, array, value -> wanted.isInstance(value) ? value : null);
        }

        static Object int2(Object value) {
            Long number = (Long) int8(value);
            return number == null || number != number.shortValue() ? null : (Object) number.shortValue();
        }

        static Object int4(Object value) {
            if (value instanceof Integer) {
                return value;
            }
            Long number = (Long) int8(value);
            return number == null || number != number.intValue() ? null : (Object) number.intValue();
        }

        static Object int8(Object value) {
            if (value instanceof Long) {
                return value;
            }
            return value instanceof Number number ? (Object) number.longValue() : null;
        }

        /** Null where one of them is none. */
        Object[] values(RowGroup rows, int position) {
            Object[] values = array.apply(rows.rows().size());
            for (int i = 0; i < values.length; i++) {
                Object value = rows.rows().get(i).values()[position];
                if (value != null) {
                    values[i] = one.apply(value);
                    if (values[i] == null) {
                        return null;
                    }
                }
            }
            return values;
        }
    }
}
