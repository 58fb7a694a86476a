package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.type.ValueType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** How many bytes of a statement a row takes. */
final class MariaDbSize {
    private static final int BYTES_OF_A_NUMBER = 32;
    private static final long BYTES_OF_THE_STATEMENT = 64L << 10;

    private MariaDbSize() {}

    /** At most so many bytes: a character takes up to three or is escaped, a byte may be escaped. */
    static long bound(RowGroup rows, int row) {
        long bytes = 0;
        for (int position : rows.columns()) {
            Object value = rows.rows().get(row).values()[position];
            bytes += value instanceof CharSequence text
                    ? 3L * text.length()
                    : value instanceof byte[] some
                            ? 2L * some.length
                            : value instanceof ByteBuffer buffer
                                    ? 2L * buffer.remaining()
                                    : isNested(value)
                                            ? 3L * text(rows, position, value).length()
                                            : BYTES_OF_A_NUMBER;
        }
        return bytes;
    }

    /**
     * One row that no packet holds is a bad record. Sent all the same, it would cost the connection, and look like a
     * failure that passes.
     */
    static void refuseLargerThanPacket(Connection connection, RowGroup rows, int row) throws SQLException {
        long bytes = BYTES_OF_THE_STATEMENT;
        for (int position : rows.columns()) {
            bytes += escaped(sent(rows, position, rows.rows().get(row).values()[position]));
        }
        long most = longestPacket(connection);
        if (bytes > most) {
            throw new SQLDataException(
                    "a row of " + bytes + " bytes, more than max_allowed_packet (" + most + ") allows", "22001");
        }
    }

    private static long longestPacket(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT @@max_allowed_packet")) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private static boolean isNested(Object value) {
        return value instanceof Map || value instanceof Collection || value instanceof Struct;
    }

    private static String text(RowGroup rows, int position, Object value) {
        ValueType type = rows.shape().columns().get(position).type();
        return type.text().apply(value);
    }

    /** What stands between quotes; a number is short. */
    private static byte[] sent(RowGroup rows, int position, Object value) {
        if (value instanceof CharSequence || isNested(value)) {
            return text(rows, position, value).getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return value instanceof byte[] bytes ? bytes : new byte[BYTES_OF_A_NUMBER];
    }

    /** With the backslashes that the driver puts before these four. */
    private static long escaped(byte[] bytes) {
        long length = bytes.length;
        for (byte one : bytes) {
            if (one == '\'' || one == '"' || one == '\\' || one == 0) {
                length++;
            }
        }
        return length;
    }
}
