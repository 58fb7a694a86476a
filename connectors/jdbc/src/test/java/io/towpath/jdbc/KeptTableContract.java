package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/**
 * The offsets table as earlier builds have left it, in {@code src/test/resources/kept}; such a file is never changed. Every
 * dialect passes it.
 */
abstract class KeptTableContract {

    /** An empty database. */
    abstract Database create(String name);

    /** Which of the kept tables is this dialect's. */
    abstract String dialect();

    private Database kept(String name) throws Exception {
        Database database = create(name);
        try (InputStream file =
                KeptTableContract.class.getResourceAsStream("/kept/offsets-table-1." + dialect() + ".sql")) {
            for (String statement : new String(file.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\n", -1)) {
                if (!statement.isBlank()) {
                    database.run(statement);
                }
            }
        }
        return database;
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
