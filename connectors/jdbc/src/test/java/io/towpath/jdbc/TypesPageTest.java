package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.jdbc.TypeCases.TypeCase;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.row.Shape;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.type.ValueTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/jdbc-sink-types.md}: the cases that the dialects are tested with on real servers. */
class TypesPageTest {
    private static final Path PAGE = Path.of(System.getProperty("towpath.home"), "docs", "jdbc-sink-types.md");
    private static final Pattern CREATED = Pattern.compile("\\(.c. (.*)\\)( CHARACTER SET.*)?");

    @Test
    void thePageListsWhatTheDialectsMake() throws IOException {
        Dialect postgres = Dialects.of("jdbc:postgresql://db/shop");
        Dialect mariadb = Dialects.of("jdbc:mariadb://db/shop");
        Dialect mysql = Dialects.of("jdbc:mysql://db/shop");
        String rows = TypeCases.ALL.stream()
                .map(one -> "| %s | %s | %s | %s |"
                        .formatted(one.name(), made(postgres, one), made(mariadb, one), made(mysql, one)))
                .collect(Collectors.joining("\n"));
        String wanted = """
                # Types of the JDBC sink

                The column that `schema.evolution=evolve` makes for each type of a record. A column of another type is fine where
                the database can read the value's text as that type. Points in time are kept in UTC. Written from the cases of
                the tests; the build compares them.

                | in the record | PostgreSQL | MariaDB | MySQL |
                |---|---|---|---|
                """ + rows + "\n";
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(PAGE)
                .as("written anew by: mvn -B verify -Dquick -Dupdate=true -pl connectors/jdbc -am")
                .content()
                .isEqualTo(wanted);
    }

    private static String made(Dialect dialect, TypeCase one) {
        Shape shape = new Shape(List.of(new Column("c", ValueTypes.of(one.schema()))), List.of());
        RowGroup group = new RowGroup(shape, new int[] {0}, null, List.of());
        String create = dialect.evolution(TableId.parse("t"), Optional.empty(), List.of(group))
                .get(0);
        Matcher matcher = CREATED.matcher(create);
        assertThat(matcher.find()).as(create).isTrue();
        return matcher.group(1);
    }
}
