package io.towpath.activity.rule;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** Every key of the rule language, once. */
public final class RuleKeys {

    /** The list of rule names. */
    public static final String RULES = "rules";

    static final String PRESET = "preset";
    static final String TABLE = "table";
    static final String PREFIX = "message.prefix";
    static final String ON = "on";
    static final String COLUMNS = "columns";
    static final String WHEN = "when";
    static final String TYPE = "type";
    static final String ACTOR_ID = "actor.id";
    static final String ACTOR_KIND = "actor.kind";
    static final String OBJECT_TYPE = "object.type";
    static final String OBJECT_ID = "object.id";
    static final String DATA = "data";
    static final String CONTEXT = "context";
    static final String CONSENT = "consent.category";

    private static final String TEMPLATE = " May hold ${column}, ${before.column}, ${after.column}.";

    private static final List<RuleKey> KEYS = List.of(
            new RuleKey(
                    PRESET,
                    ConfigDef.Type.STRING,
                    "none",
                    "What the rule says where it says nothing itself. outbox: a table with the columns of Debezium's outbox"
                            + " event router (type, aggregatetype, aggregateid, payload). message: messages that have the"
                            + " fields of an activity (type, actor, object, context, data)."),
            new RuleKey(
                    TABLE,
                    ConfigDef.Type.STRING,
                    "message.prefix",
                    "Table whose rows the rule reads, as schema.table."),
            new RuleKey(
                    PREFIX,
                    ConfigDef.Type.STRING,
                    "table",
                    "Prefix of the logical messages that the rule reads, instead of a table; their content is a JSON object."),
            new RuleKey(
                    ON,
                    ConfigDef.Type.LIST,
                    "insert; update where columns is given",
                    "Kinds of change that fire the rule: insert, update, delete, snapshot."),
            new RuleKey(
                    COLUMNS,
                    ConfigDef.Type.LIST,
                    "any",
                    "An update fires the rule only if one of these columns changed."),
            new RuleKey(
                    WHEN,
                    ConfigDef.Type.STRING,
                    "always",
                    "Condition over the row: changed(c), c = 'x', c in ('x', 'y'), exists(c), and, or, not, parentheses."),
            new RuleKey(TYPE, ConfigDef.Type.STRING, null, "Type of the activity, e.g. order.placed." + TEMPLATE),
            new RuleKey(ACTOR_ID, ConfigDef.Type.STRING, "no actor", "Who acted; becomes the record's key." + TEMPLATE),
            new RuleKey(ACTOR_KIND, ConfigDef.Type.STRING, "none", "Kind of actor, e.g. customer." + TEMPLATE),
            new RuleKey(OBJECT_TYPE, ConfigDef.Type.STRING, "no object", "Type of what was acted on." + TEMPLATE),
            new RuleKey(
                    OBJECT_ID,
                    ConfigDef.Type.STRING,
                    "none",
                    "Identity of what was acted on; needs object.type." + TEMPLATE),
            new RuleKey(
                    DATA,
                    ConfigDef.Type.LIST,
                    "none",
                    "Columns, or fields inside them, that enter data. column.* alone: all fields inside it."),
            new RuleKey(
                    CONTEXT,
                    ConfigDef.Type.LIST,
                    "none",
                    "Columns, or fields inside them, that enter context. column.* alone: all fields inside it."),
            new RuleKey(
                    CONSENT,
                    ConfigDef.Type.STRING,
                    "the connector's consent.category",
                    "Category of consent that the activity needs: what consent.basis says. Asked for by the capture"
                            + " connector with a consent table, and by nobody else."));

    private RuleKeys() {}

    /** The keys below {@code rules.<name>.}, in the order to read them. */
    public static List<RuleKey> all() {
        return KEYS;
    }

    static boolean known(String suffix) {
        return KEYS.stream().anyMatch(key -> key.suffix().equals(suffix));
    }

    /** Adds {@code rules} itself; the keys below it depend on its value: {@link #define(ConfigDef, String, Iterable)}. */
    public static ConfigDef define(ConfigDef def, String group) {
        return def.define(
                RULES,
                ConfigDef.Type.LIST,
                List.of(),
                null,
                ConfigDef.Importance.HIGH,
                "Names of the rules that say which change becomes which activity. Each has its keys below rules.NAME. "
                        + "A field that no rule names never leaves.",
                group,
                1,
                ConfigDef.Width.LONG,
                "Rules");
    }

    /** Adds the keys of every named rule, so that validation reports each of them on its own. */
    public static ConfigDef define(ConfigDef def, String group, Iterable<String> ruleNames) {
        int order = 1;
        for (String name : ruleNames) {
            for (RuleKey key : KEYS) {
                String display = name + ": " + key.suffix();
                def.define(
                        RULES + "." + name + "." + key.suffix(),
                        key.type(),
                        key.type() == ConfigDef.Type.LIST ? List.of() : null,
                        null,
                        ConfigDef.Importance.MEDIUM,
                        key.doc(),
                        group,
                        ++order,
                        ConfigDef.Width.LONG,
                        display);
            }
        }
        return def;
    }
}
