package io.towpath.jdbc.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.postgres.PostgresDialect;
import io.towpath.jdbc.sql.Dialects;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MySqlUrlTest {
    private static final String URL = "jdbc:mysql://db:3306/shop?sslMode=trust";

    @Test
    void mySqlIsWrittenByTheDialectOfMariaDb() {
        assertThat(Dialects.of(URL)).isInstanceOf(MariaDbDialect.class);
        assertThat(Dialects.of("jdbc:mariadb://db/shop")).isInstanceOf(MariaDbDialect.class);
        assertThat(Dialects.of("jdbc:postgresql://db/shop")).isInstanceOf(PostgresDialect.class);
    }

    @Test
    void itsUrlIsAcceptedAndReachesADriverOfThisArchive() throws Exception {
        assertThat(SinkConfig.parse(Map.of("name", "s", "connection.url", URL))
                        .connection()
                        .url())
                .isEqualTo(URL);
        assertThat(MariaDbDialect.driverUrl(URL)).isEqualTo("jdbc:mariadb://db:3306/shop?sslMode=trust");
        assertThat(Dialects.driver(MariaDbDialect.driverUrl(URL)).getClass().getName())
                .startsWith("org.mariadb.jdbc");
    }
}
