package io.towpath.capture.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.capture.unit.Position.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source offsets as earlier builds have stored them, in {@code src/test/resources/kept}; such a file is never changed. */
class KeptOffsetTest {

    private static final List<Position> POSITIONS = List.of(
            Position.at(Map.of("lsn", 36_274_936)),
            new Position(Map.of("lsn", 36_274_936), new Part("748", 36_275_104, 3)),
            Position.at(Map.of("file", "mbin.000002", "pos", 4_711, "gtids", "0-1-270")));

    @Test
    @SuppressWarnings("unchecked") // JSON objects
    void whatTheFirstBuildOfTheFormatStoredIsReadAndStillStoredSo() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Map<String, Object>> kept =
                json.readValue(KeptOffsetTest.class.getResourceAsStream("/kept/source-offset-1.json"), List.class);
        assertThat(kept.stream().map(Position::fromOffset)).containsExactlyElementsOf(POSITIONS);
        JsonNode today = json.readTree(json.writeValueAsBytes(
                POSITIONS.stream().map(Position::toOffset).toList()));
        assertThat(today)
                .as("another form needs another format: raise Position.THIS_FORMAT and keep a file of it")
                .isEqualTo(json.readTree(json.writeValueAsBytes(kept)));
    }

    /** Whole transactions, and parts of one that was larger than a unit. */
    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb"})
    void whatARunHasStoredIsReadWhole(String kind) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Map<String, Object>> stored = new ArrayList<>();
        for (String line : lines("/kept/source-offset-1." + kind + ".txt")) {
            stored.add(json.readValue(line, new TypeReference<Map<String, Object>>() {}));
        }
        assertThat(stored).isNotEmpty().allSatisfy(offset -> {
            Position position = Position.fromOffset(offset);
            assertThat(json.readTree(json.writeValueAsBytes(position.toOffset())))
                    .isEqualTo(json.readTree(json.writeValueAsBytes(offset)));
            Map<String, Object> newer = new HashMap<>(offset);
            newer.put("format", 2);
            assertThatThrownBy(() -> Position.fromOffset(newer)).hasMessageStartingWith("stored offset has format 2,");
        });
        assertThat(stored.stream().anyMatch(offset -> offset.containsKey("part.transaction")))
                .isEqualTo(kind.equals("postgres"));
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream file = KeptOffsetTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void aNewerFormatIsRefusedInWords() {
        Map<String, Object> newer = new HashMap<>(POSITIONS.get(1).toOffset());
        newer.put("format", 2L);
        assertThatThrownBy(() -> Position.fromOffset(newer))
                .isInstanceOf(ConnectException.class)
                .hasMessage("stored offset has format 2, this version reads format 1: run the version that wrote it, or"
                        + " reset the connector's offsets");
    }
}
