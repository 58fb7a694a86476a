package io.towpath.migration.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.Kept;
import io.towpath.migration.journal.Entry.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal's form: what an earlier build wrote is read, and a later build's is refused in words. */
class KeptJournalTest {

    private static final Standing STANDING = new Standing(
            1,
            "shop",
            7,
            "2026-11-22T12:00:00Z",
            "4711@host",
            Side.TARGET,
            Standing.End.NONE,
            new Passage(
                    Side.SOURCE,
                    false,
                    List.of("orders"),
                    List.of(
                            new Entry("close", Phase.DONE, "2026-11-22T11:59:58Z", Map.of("added", List.of("x"))),
                            new Entry("freeze", Phase.BEGUN, "2026-11-22T12:00:00Z", Map.of()))),
            List.of(new Segment(
                    Side.SOURCE,
                    "2026-11-21T12:00:00Z",
                    Map.of("orders-0", 100L),
                    Map.of("orders-0", 97L),
                    List.of("orders"),
                    Map.of("readers", Map.of("orders-0", 90L)))),
            List.of(
                    new Lock("acl", Side.SOURCE, "User:shop", "orders", null),
                    new Lock("user", Side.SOURCE, "shop", null, 1024.0)));

    @Test
    void whatTheFirstBuildOfTheFormatWroteIsReadAndStillWrittenSo() throws IOException {
        byte[] today = JournalJson.write(STANDING);
        byte[] kept = Kept.bytes("journal-1.json", today);
        assertThat(JournalJson.read("the journal", kept)).isEqualTo(STANDING);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(today))
                .as("another form needs another format: raise Standing.FORMAT and keep a file of it")
                .isEqualTo(json.readTree(kept));
    }

    /** In the middle of a rollback, with a segment behind it and a writer locked out on either side. */
    @Test
    void whatARunHasLeftIsReadWhole() throws IOException {
        byte[] kept = Kept.ofARun("journal-1.run.json");
        Standing read = JournalJson.read("the journal", kept);
        assertThat(read.passage().entries()).hasSizeGreaterThan(3);
        assertThat(read.segments()).isNotEmpty();
        assertThat(read.locks()).isNotEmpty();
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(JournalJson.write(read))).isEqualTo(json.readTree(kept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal-1.json", "journal-1.run.json"})
    void aNewerFormatIsRefusedInWords(String name) throws IOException {
        byte[] newer = new String(Kept.ofARun(name), UTF_8)
                .replace("\"format\":1", "\"format\":2")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> JournalJson.read("the journal on dc1", newer))
                .isInstanceOf(JournalFailure.class)
                .hasMessage("the journal on dc1: format 2 given; wanted: 1, which this towpath reads; use the one that"
                        + " wrote it");
    }
}
