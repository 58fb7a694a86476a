package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path directory;

    @Test
    void addressesAreFilledInAndRuleTemplatesAreLeftAlone() throws Exception {
        Settings settings = new Settings(directory, Map.of("shop.host", "db.example"));
        assertThat(Files.readString(settings.write("capture.json")))
                .contains("\"databases.shop.hostname\": \"db.example\"")
                .contains("\"rules.placed.actor.id\": \"${customer_id}\"");
    }

    @Test
    void aPasswordStandsInNoConnectorFileAndInNoOneElsesReach() throws Exception {
        Settings settings = new Settings(directory, Map.of());
        settings.secrets(Map.of("shop", "s3cret"));
        assertThat(Files.readString(settings.write("capture.json")))
                .doesNotContain("s3cret")
                .contains("secrets.properties:shop}");
        assertThat(Files.getPosixFilePermissions(directory.resolve("secrets.properties")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
}
