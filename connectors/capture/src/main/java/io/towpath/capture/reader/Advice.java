package io.towpath.capture.reader;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;

/** One sentence on what to do about a failure, for the operator's log line. */
final class Advice {

    /** What Debezium's ErrorHandler wraps everything in; it is not even true here. */
    private static final String WRAPPER = "An exception occurred in the change event producer";

    private Advice() {}

    static String on(Exception problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return onState(sql.getSQLState());
            }
            if (cause instanceof ConnectException) {
                return "nothing listens there; start the server, or correct hostname and port";
            }
        }
        boolean wrapped = problem.getMessage() != null && problem.getMessage().startsWith(WRAPPER);
        return wrapped && problem.getCause() != null ? onChange(problem.getCause()) : words(problem);
    }

    /** The innermost cause says what happened. One that is no matter of the network would be met again. */
    private static String onChange(Throwable problem) {
        Throwable innermost = problem;
        boolean network = false;
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            innermost = cause.getMessage() == null ? innermost : cause;
            network |= cause instanceof IOException;
        }
        return network
                ? words(innermost)
                : "a change cannot be read (" + words(innermost)
                        + "); to go on behind it, stop the connector and set its offset";
    }

    private static String words(Throwable problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }

    private static String onState(String state) {
        return switch (state) {
            case "28P01", "28000" -> "it refuses the login; correct user and password";
            case "3D000" -> "there is no such database; correct dbname";
            case "42501" -> "a right is missing; grant REPLICATION, and the ownership of the tables to publish";
            case "53300" -> "it has no free connection; raise max_connections or max_wal_senders";
            case "53400" -> "it has no free slot; raise max_replication_slots, or drop one that is not used";
            case "55000" -> "its slot is broken, or wal_level is not logical; the server's log says which";
            case "42704" -> "its slot or its publication is gone; the next attempt says what to do";
            case "55006" -> "another process reads its slot; stop that one, or set another slot.name";
            case "57P03", "57P01" -> "it is starting or stopping; nothing to do";
            default ->
                state.startsWith("08")
                        ? "it does not answer; start the server, or look at the network"
                        : "it answers with SQLSTATE " + state;
        };
    }
}
