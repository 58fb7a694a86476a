package io.towpath.capture.database;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.unit.Position;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;

/** What differs between database products. */
public interface Dialect {

    /** The delegate's connector class. */
    String connectorClass();

    /** The delegate's config without the pass-through part. */
    Map<String, String> delegateConfig(DatabaseConfig database, Set<String> tables);

    /**
     * What else the delegate must be told to read on from {@code boundary}.
     *
     * @see #delegateOffset
     */
    default Map<String, String> startConfig(Map<String, ?> boundary) {
        return Map.of();
    }

    /** What has the delegate write no more than is read here, by classes that lie in its own class loader. */
    default Map<String, String> leanConfig() {
        return Map.of();
    }

    /** What is wrong with the values in {@code debezium}, the pass-through part, by its keys. */
    default Map<String, String> mistakes(Map<String, String> debezium) {
        return Map.of();
    }

    /** What the delegate must be told to read the rows of its tables, in their order, and no log. */
    Map<String, String> snapshotConfig();

    /** A statement that leaves a trace in the log, and as little as possible elsewhere; empty for none. */
    Optional<String> heartbeat(DatabaseConfig database);

    /**
     * Makes the database's log readable for {@code tables}, and says where to read.
     *
     * @param stored where Connect's stored offset stands; empty on a first start
     * @throws SQLException the database cannot be reached or refuses
     */
    Prepared prepare(DatabaseConfig database, Set<String> tables, Optional<Position> stored) throws SQLException;

    /**
     * How much of the log the database holds for capture.
     *
     * @param confirmed up to where Connect has confirmed; empty if it is not known
     * @throws SQLException the database cannot be asked
     */
    LogHealth health(DatabaseConfig database, Optional<Position> confirmed) throws SQLException;

    /**
     * The statement after which the server holds nothing more of its log for capture; empty if it holds nothing.
     *
     * @throws SQLException the database cannot be asked
     */
    default Optional<String> letGoStatement(DatabaseConfig database) throws SQLException {
        return Optional.empty();
    }

    /**
     * Has the server let go of the log that it holds for capture.
     *
     * @throws SQLException it cannot, e.g. because the log is being read
     */
    default void letGo(DatabaseConfig database) throws SQLException {}

    /**
     * Makes the log readable by someone else beside capture, who must not be noticed by it: behind what capture has
     * released where the server can tell, else from now on. To be ended by {@link #leaveAside}.
     *
     * @param name of whatever the server must keep for that long
     * @return the database as it is to be read beside capture
     * @throws SQLException the database cannot be reached or refuses
     */
    DatabaseConfig aside(DatabaseConfig database, Set<String> tables, String name) throws SQLException;

    /**
     * Has the server forget what {@link #aside} made it keep.
     *
     * @param aside what that returned
     * @throws SQLException it cannot, e.g. because the log is still being read
     */
    default void leaveAside(DatabaseConfig aside) throws SQLException {}

    /** The transaction that the delegate calls {@code id} in a BEGIN record. */
    String transaction(String id);

    /** The position of a change in the log; never falls within a transaction. */
    long logPosition(SourceRecord change);

    /** Where {@code boundary} stands among the boundaries of the same log: a later one has a larger number. */
    long order(Map<String, ?> boundary);

    /**
     * The {@link #order} of the oldest boundary from which anyone could still read this log again.
     *
     * @throws SQLException the database cannot be asked
     */
    long oldestReadable(DatabaseConfig database) throws SQLException;

    /** What to store so that reading resumes behind an END record or a message outside transactions. */
    Map<String, ?> boundaryBehind(SourceRecord record);

    /** The offset with which the delegate reads on from {@code boundary}. */
    Map<String, ?> delegateOffset(Map<String, ?> boundary);

    /**
     * A database that is ready to be read.
     *
     * @param system the server's own identity
     * @param start where reading begins
     * @param held whether the server itself remembers {@code start}; if not, Connect must before anything is read
     * @param log the log as it is now
     */
    record Prepared(String system, Position start, boolean held, Log log) {}

    /**
     * The log of a server.
     *
     * @param id the same as long as its boundaries compare
     * @param end the {@link #order} of its end
     */
    record Log(String id, long end) {}
}
