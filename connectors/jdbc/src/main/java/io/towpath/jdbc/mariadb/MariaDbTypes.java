package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.type.ValueType;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.errors.DataException;

/** How values are called and written in MariaDB. Points in time are written in UTC. */
final class MariaDbTypes {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private MariaDbTypes() {}

    static void bind(PreparedStatement statement, int parameter, ValueType type, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.NULL);
            return;
        }
        try {
            String text = type.text().apply(value);
            switch (type.kind()) {
                case BYTES -> statement.setBytes(parameter, HexFormat.of().parseHex(text));
                case BITS -> statement.setBytes(parameter, bits(text));
                case BOOLEAN -> statement.setBoolean(parameter, (Boolean) value);
                case SMALLINT, INTEGER, BIGINT -> statement.setLong(parameter, Long.parseLong(text));
                case INSTANT -> statement.setString(parameter, utc(text));
                default -> statement.setString(parameter, text);
            }
        } catch (DateTimeException | ArithmeticException | DataException | ClassCastException cause) {
            throw new SQLDataException("a value cannot be written as its schema says", "22000", cause);
        }
    }

    private static String utc(String text) {
        return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).format(UTC);
    }

    private static byte[] bits(String text) {
        byte[] bytes = new byte[(text.length() + 7) / 8];
        for (int i = 0; i < text.length(); i++) {
            int fromRight = text.length() - 1 - i;
            bytes[bytes.length - 1 - fromRight / 8] |= (byte) ((text.charAt(i) - '0') << fromRight % 8);
        }
        return bytes;
    }

    /** The type of a column that is made for {@code type}. */
    static String name(ValueType type, boolean key) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case SMALLINT -> "smallint";
            case INTEGER -> "int";
            case BIGINT -> "bigint";
            case REAL -> "float";
            case DOUBLE -> "double";
            case DECIMAL -> decimal(type);
            case TEXT, XML -> key ? "varchar(255)" : "longtext";
            case BYTES -> key ? "varbinary(255)" : "longblob";
            case BITS -> "bit(64)";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIME_TZ, INTERVAL -> "varchar(64)";
            case TIMESTAMP, INSTANT -> "datetime(6)";
            case JSON, ARRAY -> "json";
            case UUID -> "uuid";
        };
    }

    private static String decimal(ValueType type) {
        Map<String, String> parameters = type.schema().parameters();
        String scale = parameters == null ? null : parameters.get(Decimal.SCALE_FIELD);
        if (scale == null) {
            return "decimal(65, 30)";
        }
        return "decimal(" + parameters.getOrDefault("connect.decimal.precision", "65") + ", " + scale + ")";
    }
}
