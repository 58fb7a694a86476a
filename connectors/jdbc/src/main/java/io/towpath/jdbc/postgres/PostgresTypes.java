package io.towpath.jdbc.postgres;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.type.SqlKind;
import io.towpath.jdbc.type.ValueType;
import java.sql.SQLDataException;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.errors.DataException;

/** How values are called and written in PostgreSQL. */
final class PostgresTypes {
    private PostgresTypes() {}

    /** The values of a group's column as PostgreSQL reads them. */
    static String[] texts(RowGroup rows, int index) throws SQLDataException {
        try {
            return unchecked(rows, index);
        } catch (DateTimeException | ArithmeticException | DataException | ClassCastException cause) {
            throw new SQLDataException("a value cannot be written as its schema says", "22000", cause);
        }
    }

    private static String[] unchecked(RowGroup rows, int index) {
        int position = rows.columns()[index];
        Function<Object, String> text =
                text(rows.shape().columns().get(position).type());
        String[] texts = new String[rows.rows().size()];
        for (int i = 0; i < texts.length; i++) {
            Object value = rows.rows().get(i).values()[position];
            texts[i] = value == null ? null : text.apply(value);
        }
        return texts;
    }

    private static Function<Object, String> text(ValueType type) {
        return switch (type.kind()) {
            case BYTES -> value -> "\\x" + type.text().apply(value);
            case ARRAY -> value -> array(type.element(), (Collection<?>) value);
            default -> type.text();
        };
    }

    private static String array(ValueType element, Collection<?> values) {
        Function<Object, String> text = text(element);
        return values.stream()
                .map(value -> value == null ? "NULL" : quoted(text.apply(value)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The type of a column that is made for {@code type}. */
    static String name(ValueType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case REAL -> "real";
            case DOUBLE -> "double precision";
            case DECIMAL -> decimal(type);
            case TEXT -> "text";
            case BYTES -> "bytea";
            case BITS -> "bit varying";
            case DATE -> "date";
            case TIME -> "time";
            case TIME_TZ -> "time with time zone";
            case TIMESTAMP -> "timestamp";
            case INSTANT -> "timestamp with time zone";
            case INTERVAL -> "interval";
            case JSON -> "jsonb";
            case UUID -> "uuid";
            case XML -> "xml";
            case ARRAY -> name(type.element()) + "[]";
        };
    }

    private static String decimal(ValueType type) {
        Map<String, String> parameters = type.schema().parameters();
        if (type.kind() != SqlKind.DECIMAL || parameters == null || !parameters.containsKey(Decimal.SCALE_FIELD)) {
            return "numeric";
        }
        String precision = parameters.get("connect.decimal.precision");
        return precision == null
                ? "numeric"
                : "numeric(" + precision + ", " + parameters.get(Decimal.SCALE_FIELD) + ")";
    }
}
