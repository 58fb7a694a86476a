package io.towpath.capture.binlog;

import java.sql.Connection;
import java.util.Map;
import java.util.Optional;

/** What differs between the products that write a binlog. */
public interface BinlogProduct {

    /** The delegate's connector class. */
    String connectorClass();

    /** What the delegate is told beside what it is told of every binlog, where TLS is used in the way {@code tls}. */
    default Map<String, String> delegateConfig(String tls) {
        return Map.of();
    }

    /** A class of somebody else's that the delegate needs and the archive lacks, and how to get it; empty for none. */
    default Optional<Lacking> lacking() {
        return Optional.empty();
    }

    /** The delegate's words for how TLS is used, and for each what the driver of capture's own connections calls the same. */
    Map<String, String> tls();

    /** That of {@link #tls} which holds unless another is set. */
    String tlsByDefault();

    /** Properties of capture's own connections, where TLS is used in the way {@code tls}. */
    default Map<String, String> driver(String tls) {
        return Map.of();
    }

    /** Settings of the server without which its log cannot be read, or not whole: the value of each, in upper case. */
    Map<String, String> wanted();

    /** The server's variable that shows where its log ends, as the stored offset tells it. */
    String placeVariable();

    /** The right to ask where the log stands. */
    String rightToAsk();

    /** The server's log, asked by {@code connection}. */
    Binlog log(Connection connection);

    /**
     * The place that {@code text} names.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException it names none of such a log
     */
    Gtids gtids(String text);

    /**
     * A class that must be found.
     *
     * @param sentence what it is for, and where to put it
     */
    record Lacking(String className, String sentence) {}
}
