package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.fence.FenceTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/**
 * The offsets table as a run of an earlier build has left it, in {@code src/test/resources/kept}; such a file is never
 * changed. {@code -Dupdate} writes the one of a format that has none yet. Every dialect passes it.
 */
abstract class KeptTableContract {

    private static final Path FOLDER =
            Path.of(System.getProperty("towpath.home"), "connectors/jdbc/src/test/resources/kept");

    /** An empty database. */
    abstract Database create(String name);

    /** Which of the kept tables is this dialect's. */
    abstract String dialect();

    /** The statement that makes the table as it is, by the database's own catalog. */
    abstract String definition(Database database) throws SQLException;

    private Database kept(String name) throws Exception {
        Path file = FOLDER.resolve("offsets-table-" + FenceTable.FORMAT + "." + dialect() + ".sql");
        if ("true".equals(System.getProperty("update")) && !Files.exists(file)) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, afterARun());
        }
        Database database = create(name);
        for (String statement : Files.readString(file).split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                database.run(statement);
            }
        }
        return database;
    }

    /** A task took the partition over twice and has written 42 records. */
    private String afterARun() throws Exception {
        Database database = create("run_to_keep");
        database.run("CREATE TABLE events (id bigint, name varchar(50))");
        for (int from : new int[] {0, 14, 28}) {
            try (Owner owner = new Owner(database.config()).opens(P0)) {
                for (int offset = from; offset < from + 14; offset++) {
                    owner.puts(flat(P0, offset, offset, "a"));
                }
            }
        }
        StringBuilder left = new StringBuilder(definition(database)).append(";\n");
        database.rows("SELECT * FROM towpath_sink_offsets")
                .forEach(row -> left.append("INSERT INTO towpath_sink_offsets VALUES ('")
                        .append(row.replace("|", "', '"))
                        .append("');\n"));
        return left.toString();
    }

    @Test
    void aTableOfTheFirstBuildOfTheFormatIsGoneOnFrom() throws Exception {
        Database database = kept("kept");
        database.run("CREATE TABLE events (id bigint, name varchar(50))");
        try (Owner owner = new Owner(database.config()).opens(P0)) {
            assertThat(owner.context.seeks).containsExactly(Map.entry(P0, 42L));
            owner.puts(flat(P0, 42, 1, "a"));
        }
        assertThat(database.rows("SELECT next_offset, epoch FROM towpath_sink_offsets"))
                .containsExactly("43|4");
    }

    @Test
    void theTableIsStillMadeSo() throws Exception {
        Database today = create("made");
        new Owner(today.config()).opens(P0).close();
        assertThat(columns(today))
                .as("another form needs another format: raise FenceTable.FORMAT and keep a table of it")
                .isEqualTo(columns(kept("kept_made")))
                .isNotEmpty();
    }

    @Test
    void aNewerFormatIsRefusedInWords() throws Exception {
        Database database = kept("newer");
        database.run("UPDATE towpath_sink_offsets SET format_version = 2");
        try (Owner owner = new Owner(database.config())) {
            assertThatThrownBy(() -> owner.opens(P0))
                    .isInstanceOf(ConnectException.class)
                    .hasStackTraceContaining("was written by a newer version of this sink (format 2, this one knows 1):"
                            + " use that version");
        }
    }

    private static List<String> columns(Database database) throws Exception {
        List<String> columns = new ArrayList<>();
        try (Connection connection = database.connect();
                ResultSet found = connection
                        .getMetaData()
                        .getColumns(connection.getCatalog(), connection.getSchema(), "towpath_sink_offsets", null)) {
            while (found.next()) {
                columns.add(String.join(
                        " ",
                        found.getString("COLUMN_NAME"),
                        found.getString("TYPE_NAME"),
                        found.getString("COLUMN_SIZE"),
                        found.getString("IS_NULLABLE")));
            }
        }
        return columns;
    }
}
