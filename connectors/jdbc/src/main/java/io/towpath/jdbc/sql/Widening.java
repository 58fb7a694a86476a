package io.towpath.jdbc.sql;

import io.towpath.jdbc.type.SqlKind;
import io.towpath.jdbc.type.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Decimal;

/**
 * Which wider type a column must have to hold what a record's schema says, decided by the schema alone: a value that is
 * too long for its column changes no table. A column never becomes narrower, and of what a schema does not say (a text
 * without a length, a decimal without a precision) nothing is concluded.
 */
public final class Widening {
    /** Debezium, with {@code column.propagate.source.type}. */
    private static final String LENGTH = "__debezium.source.column.length";

    private static final String PRECISION = "connect.decimal.precision";
    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint");
    private static final Pattern TEXT = Pattern.compile("(character varying|varchar)\\((\\d+)\\)");
    private static final Pattern DECIMAL = Pattern.compile("(numeric|decimal)\\((\\d+),(\\d+)\\)");

    private Widening() {}

    /**
     * The wider type, in words that both databases know; empty when {@code declared} is wide enough or is another kind.
     *
     * @param declared the column's type as the catalog writes it, in lower case
     */
    public static Optional<String> of(String declared, ValueType wanted) {
        return switch (wanted.kind()) {
            case INTEGER, BIGINT -> whole(declared, wanted.kind());
            case DOUBLE ->
                declared.equals("real") || declared.equals("float")
                        ? Optional.of("double precision")
                        : Optional.empty();
            case TEXT -> text(declared, wanted);
            case DECIMAL -> decimal(declared, wanted);
            default -> Optional.empty();
        };
    }

    private static Optional<String> whole(String declared, SqlKind kind) {
        String plain = declared.replaceFirst("\\(\\d+\\)$", "").replaceFirst("^int$", "integer");
        int width = WHOLE.indexOf(plain);
        int needed = kind == SqlKind.BIGINT ? 2 : 1;
        return width >= 0 && width < needed ? Optional.of(WHOLE.get(needed)) : Optional.empty();
    }

    private static Optional<String> text(String declared, ValueType wanted) {
        Matcher column = TEXT.matcher(declared);
        int length = number(wanted, LENGTH);
        return column.matches() && length > Integer.parseInt(column.group(2))
                ? Optional.of("varchar(" + length + ")")
                : Optional.empty();
    }

    private static Optional<String> decimal(String declared, ValueType wanted) {
        Matcher column = DECIMAL.matcher(declared);
        int precision = number(wanted, PRECISION);
        int scale = number(wanted, Decimal.SCALE_FIELD);
        if (!column.matches() || precision < 0 || scale < 0) {
            return Optional.empty();
        }
        int has = Integer.parseInt(column.group(3));
        int hasWhole = Integer.parseInt(column.group(2)) - has;
        int fraction = Math.max(has, scale);
        int whole = Math.max(hasWhole, precision - scale);
        return fraction > has || whole > hasWhole
                ? Optional.of("numeric(" + (whole + fraction) + ", " + fraction + ")")
                : Optional.empty();
    }

    /** -1 when the schema does not say. */
    private static int number(ValueType type, String parameter) {
        Map<String, String> parameters =
                type.schema() == null ? null : type.schema().parameters();
        String text = parameters == null ? null : parameters.get(parameter);
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
