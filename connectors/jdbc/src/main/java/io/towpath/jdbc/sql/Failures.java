package io.towpath.jdbc.sql;

import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;

/** The one place where a failure of the database becomes a failure of Connect. */
public final class Failures {
    private static final Set<String> HARMLESS = Set.of("0A", "28", "3D", "3F", "42");

    private final Dialect dialect;

    public Failures(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Says what failed, where, and whose turn it is.
     *
     * @param doing what was tried, e.g. {@code writing 12 records up to orders-0@17}
     * @return a {@link RetriableException} when the same may pass later
     */
    public ConnectException translate(SQLException failure, String doing) {
        String state = dialect.state(failure);
        return switch (dialect.fault(failure)) {
            case TRANSIENT -> new RetriableException("database not ready (SQLSTATE " + state + "), " + doing, failure);
            case DATA ->
                new ConnectException(
                        "database refused a record (SQLSTATE " + state + "), " + doing, new Withheld(failure));
            case STRUCTURE, FATAL ->
                new ConnectException(
                        "database failed" + words(failure, state) + " (SQLSTATE " + state + "), " + doing,
                        new Withheld(failure));
        };
    }

    /** The database's own sentence, where it names tables and rights and no row. */
    private static String words(SQLException failure, String state) {
        boolean harmless = HARMLESS.stream().anyMatch(state::startsWith);
        return harmless ? ": " + failure.getMessage().lines().findFirst().orElse("") : "";
    }

    /** Why the database refuses one record, {@code where} being its coordinates. */
    public DataException refusal(SQLException failure, String where) {
        String state = dialect.state(failure);
        return new DataException(Reasons.of(state) + " (SQLSTATE " + state + "), " + where, new Withheld(failure));
    }

    /** A failure without its message, which may repeat a row's values: the first line alone, where that is safe. */
    static final class Withheld extends Exception {
        private static final long serialVersionUID = 1L;

        Withheld(SQLException failure) {
            super(failure.getClass().getSimpleName() + " SQLSTATE " + failure.getSQLState());
            setStackTrace(failure.getStackTrace());
        }
    }
}
