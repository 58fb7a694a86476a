package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.sql.Fault;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** MariaDB's error codes as the SQLSTATEs of the standard: its own states say too little. */
final class MariaDbFaults {
    private static final Map<Integer, String> STATES = Map.ofEntries(
            Map.entry(1205, "55P03"), // lock wait timeout
            Map.entry(1213, "40001"), // deadlock
            Map.entry(1020, "40001"), // record has changed since last read
            Map.entry(1927, "08006"), // connection was killed, as by idle_transaction_timeout
            Map.entry(1969, "57014"), // max_statement_time
            Map.entry(1053, "57P01"), // server shutdown
            Map.entry(1040, "53300"), // too many connections
            Map.entry(1290, "57P03"), // read only, as in a failover
            Map.entry(1048, "23502"),
            Map.entry(1364, "23502"),
            Map.entry(1062, "23505"),
            Map.entry(1452, "23503"),
            Map.entry(4025, "23514"),
            Map.entry(3819, "23514"), // the same of MySQL
            Map.entry(4031, "08006"), // MySQL ended a session that stood still
            Map.entry(1406, "22001"),
            Map.entry(1153, "22001"), // larger than max_allowed_packet
            Map.entry(1264, "22003"),
            Map.entry(1292, "22007"),
            Map.entry(1366, "22P02"),
            Map.entry(1265, "22P02"),
            Map.entry(1045, "28P01"),
            Map.entry(1049, "3D000"),
            Map.entry(1146, "42P01"),
            Map.entry(1054, "42703"),
            Map.entry(1136, "42703"));
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");
    private static final Set<String> STRUCTURE = Set.of("42P01", "42703");

    private MariaDbFaults() {}

    static String state(SQLException failure) {
        String own = failure.getSQLState() == null ? "" : failure.getSQLState();
        return STATES.getOrDefault(failure.getErrorCode(), own);
    }

    static Fault fault(SQLException failure) {
        String state = state(failure);
        String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
        if (TRANSIENT_CLASSES.contains(stateClass) || state.equals("55P03")) {
            return Fault.TRANSIENT;
        }
        if (stateClass.equals("22") || stateClass.equals("23")) {
            return Fault.DATA;
        }
        return STRUCTURE.contains(state) ? Fault.STRUCTURE : Fault.FATAL;
    }
}
