package io.towpath.capture.postgres;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Dialect;
import io.towpath.capture.database.LogHealth;
import io.towpath.capture.unit.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * PostgreSQL through pgoutput.
 *
 * <p>A boundary is a log position ({@code lsn}) between transactions. The delegate gets it without the keys that make it
 * search the log for the last event seen: the server itself sends every transaction that ends behind the position, whole,
 * while the search drops messages that stand alone and rows that share a position.
 */
public final class PostgresDialect implements Dialect {

    static final String LSN = "lsn";
    private static final String LAST_COMMIT = "lsn_commit";

    private final PostgresConnections connections;

    public PostgresDialect(PostgresConnections connections) {
        this.connections = connections;
    }

    @Override
    public String connectorClass() {
        return "io.debezium.connector.postgresql.PostgresConnector";
    }

    @Override
    public Map<String, String> delegateConfig(DatabaseConfig database, Set<String> tables) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("database.hostname", database.hostname());
        config.put("database.port", Integer.toString(database.port()));
        config.put("database.dbname", database.dbname());
        config.put("database.user", database.user());
        config.put("database.password", database.password().value());
        config.put("plugin.name", "pgoutput");
        config.put("slot.name", database.slot());
        config.put("publication.name", database.publication());
        config.put("publication.autocreate.mode", "disabled");
        config.put("snapshot.mode", "no_data");
        config.put("table.include.list", tables.isEmpty() ? "none\\.none" : regexes(tables));
        config.put("binary.handling.mode", "bytes");
        config.put("lsn.flush.mode", "connector"); // the slot lets go of what Connect has stored, and of nothing else
        config.put("offset.mismatch.strategy", "no_validation");
        config.put("slot.drop.on.stop", "false");
        return config;
    }

    @Override
    public Map<String, String> leanConfig() {
        return Map.of(
                "topic.naming.strategy", "io.debezium.schema.RememberedTopics",
                "sourceinfo.struct.maker", "io.debezium.connector.postgresql.SourcePlace");
    }

    @Override
    public Map<String, String> snapshotConfig() {
        return Map.of("snapshot.mode", "initial_only");
    }

    /** A message outside transactions: it needs no table and no publication. */
    @Override
    public Optional<String> heartbeat(DatabaseConfig database) {
        return Optional.of("select pg_logical_emit_message(false, 'towpath-heartbeat', '')");
    }

    @Override
    public Prepared prepare(DatabaseConfig database, Set<String> tables, Optional<Position> stored)
            throws SQLException {
        try (Connection connection = connections.open(database)) {
            ReplicationSlot slot = new ReplicationSlot(connection, database);
            slot.assertNotBroken();
            slot.publish(tables);
            Optional<Long> confirmed = slot.confirmed();
            String system = slot.system();
            if (stored.isPresent()) {
                assertHeld(database.slot(), confirmed, stored.get());
                return new Prepared(system, stored.get(), true, new Log(system, slot.end()));
            }
            long start = confirmed.isPresent() ? confirmed.get() : slot.create();
            return new Prepared(system, Position.at(Map.of(LSN, start)), true, new Log(system, slot.end()));
        }
    }

    /**
     * @param confirmed up to where the slot has let go of the log; empty if there is no slot
     * @throws ConnectException changes behind {@code stored} can no longer be read: the slot is gone, or another was made
     *     in its place, which the server would serve from where that one begins, without a word
     */
    static void assertHeld(String slot, Optional<Long> confirmed, Position stored) {
        long from = ((Number) stored.boundary().get(LSN)).longValue();
        String lost = ": to go on without them, stop the connector, set this database's offset to null and resume it";
        if (confirmed.isEmpty()) {
            throw new ConnectException(
                    "slot " + slot + " is gone, and with it the changes behind the stored offset " + from + lost);
        }
        if (confirmed.get() > from) {
            throw new ConnectException("slot " + slot + " begins at " + confirmed.get() + ", behind the stored offset "
                    + from + ": it was dropped and made again, or read by another, and the changes between are gone"
                    + lost);
        }
    }

    @Override
    public LogHealth health(DatabaseConfig database, Optional<Position> confirmed) throws SQLException {
        try (Connection connection = connections.open(database)) {
            return new ReplicationSlot(connection, database).health();
        }
    }

    @Override
    public Optional<String> letGoStatement(DatabaseConfig database) throws SQLException {
        try (Connection connection = connections.open(database)) {
            boolean there =
                    new ReplicationSlot(connection, database).confirmed().isPresent();
            return there ? Optional.of(OrphanSlots.dropping(database.slot())) : Optional.empty();
        }
    }

    @Override
    public void letGo(DatabaseConfig database) throws SQLException {
        try (Connection connection = connections.open(database)) {
            new ReplicationSlot(connection, database).drop();
        }
    }

    @Override
    public DatabaseConfig aside(DatabaseConfig database, Set<String> tables, String name) throws SQLException {
        try (Connection connection = connections.open(database)) {
            return new ReplicationSlot(connection, database).aside(tables, name);
        }
    }

    @Override
    public void leaveAside(DatabaseConfig aside) throws SQLException {
        try (Connection connection = connections.open(aside)) {
            new ReplicationSlot(connection, aside).dropAside();
        }
    }

    /** {@code 571:53195832}: the transaction, and the log position of the BEGIN or END that says so. */
    @Override
    public String transaction(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    @Override
    public long logPosition(SourceRecord change) {
        return lsn(change);
    }

    /** Behind a transaction's END stands the next record; a lone message is sent again unless one asks from behind it. */
    @Override
    public Map<String, ?> boundaryBehind(SourceRecord record) {
        boolean message =
                record.value() instanceof Struct value && value.schema().field("message") != null;
        return Map.of(LSN, message ? lsn(record) + 1 : lsn(record));
    }

    @Override
    public long order(Map<String, ?> boundary) {
        return ((Number) boundary.get(LSN)).longValue();
    }

    @Override
    public long oldestReadable(DatabaseConfig database) throws SQLException {
        try (Connection connection = connections.open(database)) {
            return new ReplicationSlot(connection, database).oldestOfAll();
        }
    }

    @Override
    public Map<String, ?> delegateOffset(Map<String, ?> boundary) {
        long lsn = ((Number) boundary.get(LSN)).longValue();
        return Map.of(LSN, lsn, LAST_COMMIT, lsn);
    }

    private static long lsn(SourceRecord record) {
        if (!(record.sourceOffset().get(LSN) instanceof Number lsn)) {
            throw new ConnectException("a change record without a log position: "
                    + record.sourceOffset().keySet());
        }
        return lsn.longValue();
    }

    private static String regexes(Set<String> tables) {
        return tables.stream()
                .map(table -> table.replaceAll("([^A-Za-z0-9_])", "\\\\$1"))
                .collect(Collectors.joining(","));
    }
}
