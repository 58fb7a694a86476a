package io.towpath.demo.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A deed as one station shows it.
 *
 * @param id the activity's id: the same at every station, and no other activity's
 * @param occurredAt when the shop committed it, milliseconds since 1970: the same at every station
 */
record Sighting(Deed deed, String id, long occurredAt) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record that is no activity of the workload becomes a deed that no ledger holds, named by its coordinates. */
    static Sighting of(ConsumerRecord<byte[], byte[]> record) {
        String where = record.topic() + "-" + record.partition() + "@" + record.offset();
        try {
            JsonNode value = record.value() == null ? JSON.nullNode() : JSON.readTree(record.value());
            JsonNode activity = value.has("payload") ? value.get("payload") : value;
            Deed deed = Deed.of(
                    activity.path("type").asText(where),
                    activity.path("actor").path("id").asText(),
                    activity.path("object").path("id").asText(""),
                    activity.path("data").asText("{}"),
                    text(activity.path("context")));
            return new Sighting(
                    deed,
                    activity.path("id").asText(),
                    activity.path("occurred_at").asLong(-1));
        } catch (IOException notJson) {
            return new Sighting(Deed.of(where, "", "", "{}"), "", -1);
        }
    }

    private static String text(JsonNode json) {
        return json.isTextual() ? json.textValue() : "{}";
    }

    /** Every row of the warehouse; a table has no order. */
    static List<Sighting> rows(Database warehouse) throws SQLException {
        List<Sighting> found = new ArrayList<>();
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select type, actor_id, coalesce(object_id, ''),"
                        + " data, coalesce(context, '{}'), id, (extract(epoch from occurred_at) * 1000)::bigint"
                        + " from activity")) {
            while (row.next()) {
                Deed deed = Deed.of(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
                found.add(new Sighting(deed, row.getString(6), row.getLong(7)));
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return deed.toString();
    }
}
