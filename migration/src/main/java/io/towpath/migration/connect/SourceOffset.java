package io.towpath.migration.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.migration.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One entry of a connector's offsets (KIP-875). For {@code MirrorSourceConnector} the partition is
 * {@code {cluster, topic, partition}} and the offset {@code {offset}}: the LAST COPIED one, not the next.
 *
 * @param offset null, in a change alone: the partition is forgotten
 */
public record SourceOffset(Map<String, Object> partition, Map<String, Object> offset) {

    public SourceOffset {
        partition = Map.copyOf(partition);
        offset = offset == null ? null : Map.copyOf(offset);
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

    /**
     * The change that {@code {"offsets": […]}} asks for.
     *
     * @throws BadInput an entry says neither where its partition stands nor, by a null, that it is forgotten
     */
    public static List<SourceOffset> change(String where, JsonNode body) {
        List<SourceOffset> offsets = new ArrayList<>();
        for (JsonNode entry : body.path("offsets")) {
            JsonNode offset = entry.path("offset");
            if (!entry.path("partition").isObject() || !(offset.isObject() || offset.isNull())) {
                throw new BadInput(
                        where + ": entry " + offsets.size()
                                + " of offsets; wanted: {\"partition\": {…}, \"offset\": {…}}, or the offset null, which forgets it");
            }
            offsets.add(new SourceOffset(
                    Json.objects(entry.get("partition")), offset.isNull() ? null : Json.objects(offset)));
        }
        if (offsets.isEmpty()) {
            throw new BadInput(where + ": no offsets given; wanted: what towpath connect offsets NAME prints");
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
