package io.towpath.capture.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activity.value.JsonText;
import io.towpath.capture.consent.ConsentLedger.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * One actor's record in the consent topic: {@code towpath-consent:<base64url of JSON>:}. It passes the connector's own
 * converter, whichever that is; all of them write the characters of such a text as they are, so it is found again in the
 * bytes of a plain string, of JSON with or without a schema, of Avro.
 *
 * <p>The JSON: {@code {"v":1,"database":…,"log":…,"key":…,"actor":…,"said":{category:[[position,verdict,changed at],…]}}};
 * the log that the positions belong to is absent in records of older versions, which pass over it.
 */
final class ConsentRecord {

    private static final int VERSION = 1;
    private static final String BEGIN = "towpath-consent:";
    private static final String END = ":";

    private ConsentRecord() {}

    /** A record as it was read. */
    record Read(String database, Entry entry) {}

    static String key(String database, ActorName name) {
        return database + "/" + name.text();
    }

    static String text(String database, Entry entry) {
        String json = JsonText.of(generator -> {
            generator.writeStartObject();
            generator.writeNumberField("v", VERSION);
            generator.writeStringField("database", database);
            if (entry.log() != null) {
                generator.writeStringField("log", entry.log());
            }
            generator.writeStringField("key", entry.name().key());
            generator.writeStringField("actor", entry.name().text());
            generator.writeObjectFieldStart("said");
            for (Map.Entry<String, Statements> said : entry.said().entrySet()) {
                generator.writeArrayFieldStart(said.getKey());
                for (Statement statement : said.getValue().all()) {
                    generator.writeStartArray();
                    generator.writeNumber(statement.position());
                    generator.writeString(statement.verdict().name());
                    if (statement.changedAt() == null) {
                        generator.writeNull();
                    } else {
                        generator.writeNumber(statement.changedAt().toEpochMilli());
                    }
                    generator.writeEndArray();
                }
                generator.writeEndArray();
            }
            generator.writeEndObject();
            generator.writeEndObject();
        });
        return BEGIN
                + Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8))
                + END;
    }

    /** What the bytes of a record's value say; empty if no such text, or one of another version, is in them. */
    static Optional<Read> parse(byte[] value) {
        return json(value).filter(root -> root.path("v").asInt() == VERSION).map(ConsentRecord::read);
    }

    /** Why {@link #parse} has found nothing in the record that lies at {@code where}. */
    static ConnectException refusal(String where, byte[] value) {
        return json(value)
                .map(root -> new ConnectException(where + " has format " + root.path("v")
                        + ", this version reads format " + VERSION + ": run the version that wrote it"))
                .orElseGet(() -> new ConnectException(where + " is none of this connector's, wanted: a topic that only"
                        + " it writes, with a value.converter that leaves a string's characters as they are"));
    }

    private static Optional<JsonNode> json(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = begin < 0 ? -1 : text.indexOf(END, begin + BEGIN.length());
        if (end < 0) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return Optional.ofNullable(JsonText.parse(new String(json, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Read read(JsonNode root) {
        Map<String, Statements> said = new HashMap<>();
        root.path("said").properties().forEach(category -> {
            List<Statement> statements = new ArrayList<>();
            category.getValue()
                    .forEach(node -> statements.add(new Statement(
                            node.get(0).longValue(),
                            Verdict.valueOf(node.get(1).textValue()),
                            node.get(2).isNull()
                                    ? null
                                    : Instant.ofEpochMilli(node.get(2).longValue()))));
            said.put(category.getKey().intern(), Statements.of(statements));
        });
        ActorName name =
                new ActorName(root.path("key").textValue(), root.path("actor").textValue());
        String log = root.path("log").textValue();
        return new Read(
                root.path("database").textValue(),
                new Entry(name, log == null ? null : log.intern(), Map.copyOf(said)));
    }
}
