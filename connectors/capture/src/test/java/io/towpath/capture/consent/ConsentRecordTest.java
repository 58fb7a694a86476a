package io.towpath.capture.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.consent.ConsentLedger.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentRecordTest {

    private static final Entry ENTRY = new Entry(
            new ActorName("k1", "k1.ü\"-_:"),
            "7000",
            Map.of(
                    "activity",
                    Statements.NONE
                            .with(new Statement(Long.MAX_VALUE - 1, Verdict.DENIED, null), 0)
                            .with(new Statement(7, Verdict.ALLOWED, Instant.parse("1965-01-01T00:00:00.123Z")), 0),
                    "ads \"all\"",
                    Statements.NONE.with(new Statement(1, Verdict.WITHDRAWN, Instant.EPOCH), 0)));

    @Test
    void aPlainStringComesBack() {
        assertComesBack(ConsentRecord.text("shop", ENTRY).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStringThroughTheJsonConverterComesBack(boolean schemas) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", schemas), false);
            assertComesBack(
                    converter.fromConnectData("topic", Schema.STRING_SCHEMA, ConsentRecord.text("shop", ENTRY)));
        }
    }

    @Test
    void aStringAsAvroWritesItComesBack() {
        byte[] text = ConsentRecord.text("shop", ENTRY).getBytes(StandardCharsets.UTF_8);
        byte[] framed = new byte[text.length + 7];
        System.arraycopy(new byte[] {0, 0, 0, 0, 42, (byte) 0xde, 0x03}, 0, framed, 0, 7);
        System.arraycopy(text, 0, framed, 7, text.length);
        assertComesBack(framed);
    }

    @Test
    void whatIsForgottenComesBackToo() {
        Statements forgotten = Statements.of(List.of(
                new Statement(Long.MIN_VALUE, Verdict.FORGOTTEN, null), new Statement(9, Verdict.ALLOWED, null)));
        Entry entry = new Entry(new ActorName(null, "7"), null, Map.of("activity", forgotten));

        byte[] value = ConsentRecord.text("shop", entry).getBytes(StandardCharsets.UTF_8);
        assertThat(ConsentRecord.parse(value).orElseThrow().entry()).isEqualTo(entry);
    }

    @Test
    void aRecordOfAnOlderVersionNamesNoLog() {
        String json =
                "{\"v\":1,\"database\":\"shop\",\"key\":null,\"actor\":\"7\",\"said\":{\"activity\":[[9,\"DENIED\",null]]}}";
        String text = "towpath-consent:"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + ":";

        Entry entry = ConsentRecord.parse(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .entry();

        assertThat(entry.log()).isNull();
        assertThat(entry.said().get("activity").at(9).verdict()).isEqualTo(Verdict.DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{}", "towpath-consent:", "towpath-consent:***:", "towpath-consent:eyJ2Ijo5fQ:"})
    void anythingElseAndAnotherVersionAreNone(String value) {
        assertThat(ConsentRecord.parse(value.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void whatTheFirstBuildOfTheFormatWroteIsReadAndStillWrittenSo() throws IOException {
        byte[] kept;
        try (InputStream file = ConsentRecordTest.class.getResourceAsStream("/kept/consent-1.txt")) {
            kept = file.readAllBytes();
        }
        Entry entry = new Entry(
                new ActorName("k1", "k1.9f86d081"),
                "7000",
                Map.of(
                        "activity",
                        Statements.of(List.of(
                                new Statement(7, Verdict.ALLOWED, Instant.parse("2026-01-01T00:00:00Z")),
                                new Statement(99, Verdict.DENIED, null)))));
        assertThat(ConsentRecord.parse(kept)).contains(new ConsentRecord.Read("shop", entry));
        assertThat(ConsentRecord.text("shop", entry))
                .as("another form needs another version: raise ConsentRecord.VERSION and keep a file of it")
                .isEqualTo(new String(kept, StandardCharsets.UTF_8));
    }

    @Test
    void whatARunHasStoredIsReadWhole() throws IOException {
        List<String> kept;
        try (InputStream file = ConsentRecordTest.class.getResourceAsStream("/kept/consent-1.run.txt")) {
            kept = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(kept).isNotEmpty().allSatisfy(value -> {
            ConsentRecord.Read read =
                    ConsentRecord.parse(value.getBytes(StandardCharsets.UTF_8)).orElseThrow();
            assertThat(value).contains(ConsentRecord.text(read.database(), read.entry()));
        });
        assertThat(kept.stream()
                        .map(value -> ConsentRecord.parse(value.getBytes(StandardCharsets.UTF_8)))
                        .flatMap(read -> read.orElseThrow().entry().said().values().stream())
                        .flatMap(said -> said.all().stream())
                        .map(Statement::verdict))
                .contains(Verdict.ALLOWED, Verdict.DENIED);
    }

    @Test
    void aNewerVersionIsRefusedInWords() {
        String newer = ConsentRecord.text("shop", ENTRY).replace("eyJ2IjoxL", "eyJ2IjoyL"); // {"v":2,
        assertThat(ConsentRecord.parse(newer.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ConsentRecord.refusal("record 0@7", newer.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("record 0@7 has format 2, this version reads format 1: run the version that wrote it");
        assertThat(ConsentRecord.refusal("record 0@7", "anything".getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("record 0@7 is none of this connector's, wanted: ");
    }

    private static void assertComesBack(byte[] value) {
        assertThat(ConsentRecord.parse(value)).contains(new ConsentRecord.Read("shop", ENTRY));
    }
}
