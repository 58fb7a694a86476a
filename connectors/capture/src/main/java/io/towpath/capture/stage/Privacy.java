package io.towpath.capture.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.towpath.activity.Activity;
import io.towpath.activity.privacy.Pseudonyms;
import io.towpath.activity.privacy.Truncation;
import io.towpath.activity.value.JsonText;
import io.towpath.capture.config.PrivacyConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Replaces what names a person: by pseudonyms under a secret key, or by the network or domain alone. */
public final class Privacy {

    private static final String ACTOR_ID = "actor.id";
    private static final String OBJECT_ID = "object.id";
    private static final String DATA = "data.";
    private static final String CONTEXT = "context.";

    /** A text and the time of its activity, to what may leave. */
    private interface Replacement extends BiFunction<String, Instant, String> {}

    private record Field(String name, Replacement replacement) {}

    private final List<Field> fields = new ArrayList<>();

    public Privacy(PrivacyConfig config) {
        if (!config.pseudonymFields().isEmpty()) {
            Pseudonyms pseudonyms = new Pseudonyms(config.keys());
            config.pseudonymFields().forEach(name -> fields.add(new Field(name, pseudonyms::of)));
        }
        config.ipFields().forEach(name -> fields.add(new Field(name, (text, at) -> Truncation.ip(text))));
        config.emailFields().forEach(name -> fields.add(new Field(name, (text, at) -> Truncation.email(text))));
    }

    Activity of(Activity activity) {
        if (fields.isEmpty()) {
            return activity;
        }
        Activity.Actor actor = activity.actor();
        Activity.Thing object = activity.object();
        return new Activity(
                activity.id(),
                activity.type(),
                actor == null ? null : new Activity.Actor(text(ACTOR_ID, actor.id(), activity), actor.kind()),
                object == null ? null : new Activity.Thing(object.type(), text(OBJECT_ID, object.id(), activity)),
                json(CONTEXT, activity.context(), activity),
                json(DATA, activity.data(), activity),
                activity.occurredAt(),
                activity.source(),
                activity.consent());
    }

    private String text(String name, String value, Activity activity) {
        String result = value;
        for (Field field : fields) {
            if (result != null && field.name.equals(name)) {
                result = field.replacement.apply(result, activity.occurredAt());
            }
        }
        return result;
    }

    private String json(String part, String text, Activity activity) {
        if (text == null || fields.stream().noneMatch(field -> field.name.startsWith(part))) {
            return text;
        }
        JsonNode root = JsonText.parse(text);
        for (Field field : fields) {
            if (field.name.startsWith(part)) {
                replace(root, List.of(field.name.substring(part.length()).split("\\.", -1)), field, activity);
            }
        }
        return root.toString();
    }

    private static void replace(JsonNode root, List<String> path, Field field, Activity activity) {
        JsonNode parent = root;
        for (String name : path.subList(0, path.size() - 1)) {
            parent = parent.path(name);
        }
        String last = path.get(path.size() - 1);
        JsonNode value = parent.get(last);
        if (parent instanceof ObjectNode object && value != null && !value.isNull()) {
            String text = value.isValueNode() ? value.asText() : value.toString();
            object.set(last, TextNode.valueOf(field.replacement.apply(text, activity.occurredAt())));
        }
    }
}
