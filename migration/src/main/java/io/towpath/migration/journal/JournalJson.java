package io.towpath.migration.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A standing as bytes. */
final class JournalJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private JournalJson() {}

    static byte[] write(Standing standing) {
        try {
            return JSON.writeValueAsString(standing).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new JournalFailure("the journal's entry cannot be written down", e);
        }
    }

    /** @throws JournalFailure when a newer towpath has written it, or it is no entry at all */
    static Standing read(String where, byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            int format = tree.path("format").asInt();
            if (format != Standing.FORMAT) {
                throw new JournalFailure(where + ": format " + format + " given; wanted: " + Standing.FORMAT
                        + ", which this towpath reads; use the one that wrote it");
            }
            return JSON.treeToValue(tree, Standing.class);
        } catch (IOException e) {
            throw new JournalFailure(where + ": no entry of a journal", e);
        }
    }
}
