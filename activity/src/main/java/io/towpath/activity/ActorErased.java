package io.towpath.activity;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activity.value.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * The activity that says: this actor has withdrawn, delete what is stored of it. Its {@code data} is
 * {@code {"actors":["…","…"]}}: every name under which the actor may be stored, one for each pseudonym key that is still
 * configured; its {@code actor.id} is the first of them, that under the newest key.
 */
public final class ActorErased {

    /** The activity's type. */
    public static final String TYPE = "actor.erased";

    private static final String ACTORS = "actors";

    private ActorErased() {}

    /**
     * The event.
     *
     * @param id the same for a replay of the same opt-out
     * @param names under which the actor may be stored, newest first; at least one
     * @param at when the opt-out was committed
     * @param source where in the log it stands
     */
    public static Activity of(String id, List<String> names, Instant at, Activity.Source source) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("an erasure without a name erases nothing");
        }
        String data = JsonText.of(generator -> {
            generator.writeStartObject();
            generator.writeFieldName(ACTORS);
            JsonText.write(generator, names, (Schema) null);
            generator.writeEndObject();
        });
        Activity.Actor actor = new Activity.Actor(names.get(0), null);
        return new Activity(id, TYPE, actor, null, null, data, at, source, null);
    }

    public static boolean is(Activity activity) {
        return TYPE.equals(activity.type());
    }

    /**
     * The names in the {@code data} of such an event: whose rows to delete.
     *
     * @param data JSON text
     * @throws DataException it is not as above: to go on would leave rows that must go; its text holds no name
     */
    public static List<String> names(String data) {
        JsonNode tree = data == null ? null : JsonText.parse(data);
        JsonNode actors = tree == null ? null : tree.get(ACTORS);
        if (actors == null || !actors.isArray() || actors.isEmpty()) {
            throw new DataException("an event " + TYPE + " without names, wanted: data {\"" + ACTORS + "\":[\"…\"]}");
        }
        List<String> names = new ArrayList<>(actors.size());
        for (JsonNode name : actors) {
            if (!name.isTextual()) {
                throw new DataException("an event " + TYPE + " with a name that is no string");
            }
            names.add(name.textValue());
        }
        return List.copyOf(names);
    }
}
