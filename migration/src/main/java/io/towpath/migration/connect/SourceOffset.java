package io.towpath.migration.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One entry of a connector's offsets (KIP-875). For {@code MirrorSourceConnector} the partition is
 * {@code {cluster, topic, partition}} and the offset {@code {offset}}: the LAST COPIED one, not the next.
 */
public record SourceOffset(Map<String, Object> partition, Map<String, Object> offset) {

    public SourceOffset {
        partition = Map.copyOf(partition);
        offset = Map.copyOf(offset);
    }

    /** The entries of {@code {"offsets": […]}} that have an offset. */
    public static List<SourceOffset> list(JsonNode body) {
        List<SourceOffset> offsets = new ArrayList<>();
        for (JsonNode entry : body.path("offsets")) {
            if (entry.path("offset").isObject()) {
                offsets.add(new SourceOffset(Json.objects(entry.get("partition")), Json.objects(entry.get("offset"))));
            }
        }
        return offsets;
    }

    /** The body that Connect's REST API shows and takes. */
    public static ObjectNode write(List<SourceOffset> offsets) {
        ArrayNode list = Json.array();
        offsets.forEach(offset -> list.add(offset.toJson()));
        ObjectNode body = Json.object();
        body.set("offsets", list);
        return body;
    }

    private ObjectNode toJson() {
        ObjectNode entry = Json.object();
        entry.set("partition", Json.of(partition));
        entry.set("offset", Json.of(offset));
        return entry;
    }
}
