package io.towpath.activity.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.Change.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {

    private static final Map<String, String> RIGHT = Map.of(
            "rules", "placed",
            "rules.placed.table", "public.orders",
            "rules.placed.type", "order.placed");

    @Test
    void aRuleNeedsATableAndATypeOnly() {
        RuleSet set = RuleSet.parse(RIGHT, "");
        assertThat(set.errors()).isEmpty();
        assertThat(set.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("placed");
            assertThat(rule.table()).isEqualTo("public.orders");
            assertThat(rule.messagePrefix()).isNull();
            assertThat(rule.on()).containsExactly(Kind.INSERT);
            assertThat(rule.comparesRows()).isFalse();
        });
    }

    @Test
    void aPresetIsOneOfTwoAndNeedsItsKindOfSource() {
        assertThat(RuleSet.parse(with("preset", "outbox"), "").errors()).isEmpty();
        assertThat(RuleSet.parse(with("preset", "inbox"), "").errors())
                .hasEntrySatisfying(
                        "rules.placed.preset", message -> assertThat(message).contains("'inbox'", "outbox"));
        assertThat(RuleSet.parse(with("preset", "message"), "").errors())
                .hasEntrySatisfying(
                        "rules.placed.preset", message -> assertThat(message).contains("message.prefix"));
        assertThat(RuleSet.parse(with("data", "payload.*, id"), "").errors()).containsKey("rules.placed.data");
    }

    @Test
    void columnsAloneMeanUpdates() {
        RuleSet set = RuleSet.parse(with("columns", "status, total"), "");
        assertThat(set.errors()).isEmpty();
        assertThat(set.rules().get(0).on()).containsExactly(Kind.UPDATE);
        assertThat(set.rules().get(0).comparesRows()).isTrue();
    }

    @Test
    void aRuleThatReadsTheOldRowOfAnUpdateNeedsItToo() {
        Map<String, String> config = with("on", "update");
        assertThat(RuleSet.parse(config, "").rules().get(0).comparesRows()).isFalse();
        config.put("rules.placed.data", "before.status");
        assertThat(RuleSet.parse(config, "").rules().get(0).comparesRows()).isTrue();
    }

    @Test
    void theColumnsOfADeletedRowAreThoseReadButForTheOnesAskedOfUpdates() {
        Map<String, String> config = with("on", "update, delete");
        config.put("rules.placed.columns", "note");
        config.put("rules.placed.type", "order.${before.status}");
        config.put("rules.placed.data", "id, after.total");
        assertThat(RuleSet.parse(config, "").rules().get(0).columnsOfDeleted())
                .contains("id", "status")
                .doesNotContain("note", "total");
    }

    @Test
    void everyColumnIsKnownByTheKeyThatNamesIt() {
        Map<String, String> config = with("when", "changed(status) and not address.city = 'x'");
        config.put("rules.placed.on", "update");
        config.put("rules.placed.data", "before.total, id");
        config.put("rules.placed.actor.id", "c-${customer_id}");
        assertThat(RuleSet.parse(config, "").rules().get(0).columnsByKey())
                .containsEntry("rules.placed.when", Set.of("status", "address"))
                .containsEntry("rules.placed.data", Set.of("total", "id"))
                .containsEntry("rules.placed.actor.id", Set.of("customer_id"));
    }

    @Test
    void aPrefixStandsInTheKeysOfTheErrorsToo() {
        Map<String, String> config = Map.of("a.rules", "x", "a.rules.x.table", "public.t", "rules.y.table", "other");
        assertThat(RuleSet.parse(config, "a.").errors()).containsOnlyKeys("a.rules.x.type");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            rules                     | -                     | rules                     | given no rule, wanted a list of names
            rules                     | placed,placed         | rules                     | given rule name 'placed' twice, wanted it once
            rules                     | placed,other          | rules                     | given rule name 'other', wanted keys rules.other.* for it
            rules                     | placed,a b            | rules                     | given rule name 'a b', wanted letters, digits, _ and -
            rules.other.table         | public.t              | rules.other.table         | given a key of rule 'other', wanted a rule that rules names
            rules.placed.tabel        | public.t              | rules.placed.tabel        | given an unknown key, wanted one of preset, table, message.prefix,
            rules.placed.table        | orders                | rules.placed.table        | given 'orders', wanted schema.table
            rules.placed.table        | -                     | rules.placed.table        | given neither table nor message.prefix, wanted one of them
            rules.placed.message.prefix | view                | rules.placed.message.prefix | given beside table, wanted one of them
            rules.placed.on           | inserts               | rules.placed.on           | given 'inserts', wanted insert, update, delete, snapshot
            rules.placed.type         | -                     | rules.placed.type         | given nothing, wanted the type of the activity
            rules.placed.type         | a.${id                | rules.placed.type         | given 'a.${id', wanted a } for the ${ at character 3
            rules.placed.type         | a.${i d}              | rules.placed.type         | given 'i d', wanted a column
            rules.placed.actor.kind   | customer              | rules.placed.actor.kind   | given without rules.placed.actor.id, wanted both
            rules.placed.object.id    | ${id}                 | rules.placed.object.id    | given without rules.placed.object.type, wanted both
            rules.placed.data         | a,a.b                 | rules.placed.data         | given 'a.b' together with a part of it
            rules.placed.data         | a..b                  | rules.placed.data         | given 'a..b', wanted a column
            rules.placed.columns      | before.a              | rules.placed.columns      | given 'before.a', wanted a whole column
            rules.placed.when         | status                | rules.placed.when         | given 'status', wanted = 'text' or in ('text', …) after status, where the end stands
            rules.placed.when         | status = paid         | rules.placed.when         | wanted a text in single quotes, where 'paid' stands
            rules.placed.when         | status = 'paid        | rules.placed.when         | wanted a closing quote
            rules.placed.when         | (exists(a) or         | rules.placed.when         | where the end stands
            rules.placed.when         | (exists(a)            | rules.placed.when         | wanted a ) where the end stands
            rules.placed.when         | changed(before.a)     | rules.placed.when         | wanted a whole column in changed(…)
            rules.placed.when         | exists(a) exists(b)   | rules.placed.when         | wanted and, or, or the end, where 'exists' stands
            """)
    void aMistakeIsReportedOnItsKey(String key, String value, String wrong, String message) {
        Map<String, String> config = new HashMap<>(RIGHT);
        if (value == null) {
            config.remove(key);
        } else {
            config.put(key, value);
        }
        RuleSet set = RuleSet.parse(config, "");
        assertThat(set.errors()).containsKey(wrong);
        assertThat(set.errors().get(wrong)).contains(message);
        assertThat(set.rules()).isEmpty();
        assertThat(set.summary()).contains(wrong + ": ");
    }

    @Test
    void severalMistakesAreReportedAtOnce() {
        Map<String, String> config = with("when", "a =");
        config.put("rules.placed.on", "upsert,drop");
        RuleSet set = RuleSet.parse(config, "");
        assertThat(set.errors()).containsOnlyKeys("rules.placed.when", "rules.placed.on");
        assertThat(set.errors().get("rules.placed.on")).contains("'upsert'").contains("'drop'");
    }

    private static Map<String, String> with(String suffix, String value) {
        Map<String, String> config = new HashMap<>(RIGHT);
        config.put("rules.placed." + suffix, value);
        return config;
    }
}
