package io.towpath.capture.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activity.Activity;
import io.towpath.activity.Change;
import io.towpath.activity.Row;
import io.towpath.activity.value.JsonText;
import io.towpath.activity.value.Scalar;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins to every activity of a transaction what the application said once at the transaction's start: a transactional
 * message such as {@code {"actor":"7","request":"r-1","ip":"192.0.2.7"}}, or a row of a table with such columns.
 *
 * <p>Always: what is joined was said in the same transaction, before the change. The log holds each transaction whole, so
 * one message is remembered at a time.
 */
public final class ContextJoin {

    private static final Logger LOG = LoggerFactory.getLogger(ContextJoin.class);
    private static final String ACTOR = "actor";

    private final String prefix;
    private final String table;
    private final List<String> fields;
    private String transaction;
    private JsonNode said;
    private boolean warned;

    /**
     * @param prefix of the messages; null for none
     * @param table of the rows; null for none
     * @param fields of the message or row that are joined; {@code actor} becomes the actor where the rule names none
     */
    public ContextJoin(String prefix, String table, List<String> fields) {
        this.prefix = prefix;
        this.table = table;
        this.fields = List.copyOf(fields);
    }

    /** Whether {@code change} is such a message or row; what is inserted is remembered, and it becomes no activity. */
    boolean takes(Change change) {
        boolean row = table != null && table.equals(change.table());
        if (!row && (prefix == null || !prefix.equals(change.messagePrefix()))) {
            return false;
        }
        if (row && change.kind() != Change.Kind.INSERT) {
            return true; // the application tidies up
        }
        said = row ? columns(change.after()) : object(change);
        transaction = said == null ? null : change.origin().transaction();
        return true;
    }

    /** The activity with what was said in its transaction; a field that the rule wrote itself stays. */
    Activity join(Activity activity) {
        String own = activity.source().transaction();
        if (said == null || own == null || !own.equals(transaction)) {
            return activity;
        }
        Activity.Actor actor = activity.actor();
        JsonNode name = said.get(ACTOR);
        if (actor == null && fields.contains(ACTOR) && name != null && !name.isNull()) {
            actor = new Activity.Actor(name.asText(), null);
        }
        return new Activity(
                activity.id(),
                activity.type(),
                actor,
                activity.object(),
                context(activity.context()),
                activity.data(),
                activity.occurredAt(),
                activity.source(),
                activity.consent());
    }

    private String context(String written) {
        ObjectNode all = written == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) JsonText.parse(written);
        for (String field : fields) {
            JsonNode value = said.get(field);
            if (!field.equals(ACTOR) && value != null && !all.has(field)) {
                all.set(field, value);
            }
        }
        return all.isEmpty() ? written : all.toString();
    }

    private JsonNode columns(Row row) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            String value = Scalar.text(row.get(field), row.schema(field));
            if (value != null) {
                all.put(field, value);
            }
        }
        return all;
    }

    /** A message that is no JSON object, or stands outside a transaction, is the application's mistake: one warning. */
    private JsonNode object(Change change) {
        JsonNode content = null;
        try {
            content = JsonText.parse(change.content());
        } catch (DataException notJson) {
            LOG.debug("a context message is not JSON", notJson);
        }
        if (content != null && content.isObject() && change.origin().transaction() != null) {
            return content;
        }
        if (!warned) {
            warned = true;
            LOG.warn(
                    "database {}: a message with prefix {} is no JSON object in a transaction; its transaction has no context",
                    change.origin().database(),
                    prefix);
        }
        return null;
    }
}
