package io.towpath.capture.binlog;

import io.towpath.capture.config.CaptureConfig;
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
 * MariaDB and MySQL through their binlog (ROW, full images).
 *
 * <p>A boundary names the transactions before it ({@code gtids}), with file and position of the last of them for people and
 * for the lag. Debezium's own offset of an END record stands inside its transaction (the record is made before the commit
 * is noted) and counts events to skip after a restart; ours is made of the END's transaction id and the transactions before
 * it, so the server itself sends every later transaction, whole.
 *
 * <p>The rows of a binlog have no column names. The delegate knows a table by the history of its definitions, which it
 * keeps in a Kafka topic. A boundary with {@code fresh} has none yet: the definitions are then read as they are.
 */
public final class BinlogDialect implements Dialect {

    static final String GTIDS = "gtids";
    static final String FILE = "file";
    static final String POS = "pos";
    private static final String FRESH = "fresh";

    private final BinlogProduct product;
    private final BinlogConnections connections;
    private final TableHistory history;
    private final LoggedValues logged = new LoggedValues();

    public BinlogDialect(BinlogConnections connections, CaptureConfig config) {
        this.product = connections.product();
        this.connections = connections;
        this.history = new TableHistory(config);
    }

    @Override
    public String connectorClass() {
        return product.connectorClass();
    }

    @Override
    public Map<String, String> delegateConfig(DatabaseConfig database, Set<String> tables) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("database.hostname", database.hostname());
        config.put("database.port", Integer.toString(database.port()));
        config.put("database.user", database.user());
        config.put("database.password", database.password().value());
        config.put("database.server.id", Long.toString(database.serverId()));
        config.put("database.include.list", quoted(database.dbname()));
        config.put("table.include.list", tables.isEmpty() ? "none\\.none" : regexes(tables));
        config.put("snapshot.mode", "no_data");
        config.put("snapshot.locking.mode", "none"); // what changes meanwhile is in the log
        config.put("include.schema.changes", "false");
        config.put("binary.handling.mode", "bytes");
        config.putAll(history.of(database));
        String tls = connections.mode(database);
        if (!database.debezium().containsKey(BinlogConnections.SSL_MODE)) {
            config.put(BinlogConnections.SSL_MODE, tls);
        }
        config.putAll(product.delegateConfig(tls));
        return config;
    }

    /** What is set to another mode than these would be read, and logged in to, without TLS. */
    @Override
    public Map<String, String> mistakes(Map<String, String> debezium) {
        String mode = debezium.getOrDefault(BinlogConnections.SSL_MODE, product.tlsByDefault());
        return product.tls().containsKey(mode)
                ? Map.of()
                : Map.of(
                        BinlogConnections.SSL_MODE,
                        "given '" + mode + "', wanted: "
                                + String.join(", ", product.tls().keySet()));
    }

    /** The stored offset says where the log is read from; only the tables' definitions may have to be read first. */
    @Override
    public Map<String, String> startConfig(Map<String, ?> boundary) {
        return boundary.containsKey(FRESH) ? Map.of("snapshot.mode", "recovery") : Map.of();
    }

    @Override
    public Map<String, String> snapshotConfig() {
        return Map.of(
                "snapshot.mode",
                "initial_only",
                TableHistory.KEPT_BY,
                "io.debezium.relational.history.MemorySchemaHistory");
    }

    /** One row: a binlog has no messages. */
    @Override
    public Optional<String> heartbeat(DatabaseConfig database) {
        return Optional.ofNullable(database.heartbeatTable())
                .map(table -> "insert into " + table + " (id, beaten_at) values (1, now())"
                        + " on duplicate key update beaten_at = now()");
    }

    @Override
    public Prepared prepare(DatabaseConfig database, Set<String> tables, Optional<Position> stored)
            throws SQLException {
        logged.warn(database.name());
        connections.lacking().ifPresent(sentence -> {
            throw new ConnectException(sentence);
        });
        try (Connection connection = connections.open(database)) {
            Binlog binlog = product.log(connection);
            String system = binlog.server() + "/" + database.name();
            Binlog.Place end = binlog.end();
            Log log = new Log(binlog.log(), end.gtids().order());
            if (stored.isPresent()) {
                binlog.assertHeld(gtids(product, stored.get().boundary()));
                return new Prepared(system, stored.get(), true, log);
            }
            assertBegun(end.gtids());
            Map<String, Object> boundary = boundary(end.gtids(), end.file(), end.position());
            boundary.put(FRESH, 1L);
            return new Prepared(system, Position.at(boundary), false, log);
        }
    }

    @Override
    public LogHealth health(DatabaseConfig database, Optional<Position> confirmed) throws SQLException {
        try (Connection connection = connections.open(database)) {
            Map<String, ?> boundary =
                    confirmed.<Map<String, ?>>map(Position::boundary).orElse(Map.of());
            long position = boundary.get(POS) instanceof Number number ? number.longValue() : 0;
            return product.log(connection).behind((String) boundary.get(FILE), position);
        }
    }

    /** A binlog may be read by many, if each has an id of its own; nothing is kept for them. */
    @Override
    public DatabaseConfig aside(DatabaseConfig database, Set<String> tables, String name) {
        return database.readBy(null, null, DatabaseConfig.serverId(name));
    }

    /** A GTID, as it stands. */
    @Override
    public String transaction(String id) {
        return id;
    }

    /** A transaction lies in one file, so the position in the file orders its events. */
    @Override
    public long logPosition(SourceRecord change) {
        if (change.value() instanceof Struct value && value.getStruct("source").get("pos") instanceof Number position) {
            return position.longValue();
        }
        throw new ConnectException("a change record without a binlog position");
    }

    @Override
    public long order(Map<String, ?> boundary) {
        return gtids(product, boundary).order();
    }

    @Override
    public long oldestReadable(DatabaseConfig database) throws SQLException {
        try (Connection connection = connections.open(database)) {
            return product.log(connection).begin().order();
        }
    }

    @Override
    public Map<String, ?> boundaryBehind(SourceRecord end) {
        Map<String, ?> offset = end.sourceOffset();
        Struct value = (Struct) end.value();
        if (value.schema().field("id") == null) { // MySQL's log begins these otherwise than other transactions
            throw new ConnectException(
                    "transaction "
                            + value.getStruct("source").get("gtid")
                            + " has changes outside of BEGIN and END: XA transactions"
                            + " cannot be captured, because their log does not say in time whether they are committed; to go on"
                            + " behind it, stop the connector, set its offset to the place behind that transaction and resume it");
        }
        String transaction = value.getString("id");
        Object position = offset.get(POS);
        return boundary(
                product.gtids((String) offset.get(GTIDS)).with(transaction),
                (String) offset.get(FILE),
                position instanceof Number number ? number.longValue() : 0);
    }

    @Override
    public Map<String, ?> delegateOffset(Map<String, ?> boundary) {
        Map<String, Object> offset = new LinkedHashMap<>(boundary);
        offset.remove(FRESH);
        offset.putIfAbsent(FILE, ""); // the delegate wants one, and reads by transactions
        return offset;
    }

    /** @throws ConnectException nothing was ever committed, and the delegate's client cannot ask for a log by no transaction */
    static void assertBegun(Gtids end) {
        if (end.isEmpty()) {
            throw new ConnectException(
                    "the server's binlog has no transaction yet, wanted: any one, on any table, behind"
                            + " which capture can begin");
        }
    }

    static Gtids gtids(BinlogProduct product, Map<String, ?> boundary) {
        if (boundary.get(GTIDS) instanceof String text) {
            return product.gtids(text);
        }
        throw new ConnectException(
                "the offset has no \"gtids\", wanted: as the server's " + product.placeVariable() + " shows them");
    }

    private static Map<String, Object> boundary(Gtids gtids, String file, long position) {
        Map<String, Object> boundary = new LinkedHashMap<>();
        boundary.put(GTIDS, gtids.toString());
        boundary.put(FILE, file);
        boundary.put(POS, position);
        return boundary;
    }

    private static String regexes(Set<String> tables) {
        return tables.stream().map(BinlogDialect::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String name) {
        return name.replaceAll("([^A-Za-z0-9_])", "\\\\$1");
    }
}
