package io.towpath.migration.switchover;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.config.Migration;
import io.towpath.migration.config.MigrationFile;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandpointTest {

    @TempDir
    private Path folder;

    private Migration migration;

    @BeforeEach
    void read() throws IOException {
        migration = MigrationFile.read(Files.writeString(folder.resolve("migration.yaml"), """
                name: shop
                source: {alias: dc1, bootstrap.servers: "127.0.0.1:1"}
                target: {alias: dc2, bootstrap.servers: "127.0.0.1:2"}
                topics: [orders]
                """));
    }

    private Standpoint at(Passage passage) {
        return new Standpoint(migration, Standing.fresh("shop").with(passage), Path.of("migration.yaml"));
    }

    private static Passage passage(String... begun) {
        Passage passage = new Passage(Side.TARGET, false, List.of("orders"), List.of());
        for (String step : begun) {
            passage = passage.begun(step, "now", Map.of());
        }
        return passage;
    }

    @Test
    void beforeTheReleaseItSaysHowToGoOnAndHowToGoBack() {
        assertThat(at(passage("freeze")).next())
                .isEqualTo("towpath cutover -f migration.yaml goes on; with --undo it goes back");
    }

    @Test
    void afterTheReleaseItNamesNoUndoThatWouldBeRefused() {
        Standpoint standpoint = at(passage("freeze", Switch.RELEASE, "hook after-release"));
        assertThat(standpoint.next()).isEqualTo("towpath cutover -f migration.yaml goes on; there is no undo any more");
    }
}
