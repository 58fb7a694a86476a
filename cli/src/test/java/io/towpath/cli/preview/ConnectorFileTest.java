package io.towpath.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorFileTest {

    private static final String CLASS = "io.towpath.capture.ActivityCaptureConnector";

    @TempDir
    private Path directory;

    @Test
    void bothFormsOfTheRestApiAreTaken() throws IOException {
        Map<String, String> wanted = Map.of("name", "acts", "connector.class", CLASS, "tasks.max", "2");
        assertThat(read("{\"name\":\"acts\",\"config\":{\"connector.class\":\"" + CLASS + "\",\"tasks.max\":2}}"))
                .isEqualTo(wanted);
        assertThat(read("{\"name\":\"acts\",\"connector.class\":\"" + CLASS + "\",\"tasks.max\":\"2\"}"))
                .isEqualTo(wanted);
        assertThat(read("{\"connector.class\":\"ActivityCaptureConnector\"}")).hasSize(1);
    }

    @Test
    void whatIsNoConfigOfOursIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> read("{\"connector.class\":\"io.debezium.X\"}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("connector.class");
        assertThatThrownBy(() -> read("{}")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> read("{\"password\": s3cret}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("s3cret");
    }

    private Map<String, String> read(String json) throws IOException {
        return ConnectorFile.read(Files.writeString(directory.resolve("connector.json"), json));
    }
}
