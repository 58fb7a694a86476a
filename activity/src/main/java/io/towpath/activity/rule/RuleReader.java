package io.towpath.activity.rule;

import io.towpath.activity.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the keys of one rule. */
final class RuleReader {

    private static final Map<String, Change.Kind> KINDS = Map.of(
            "insert", Change.Kind.INSERT,
            "update", Change.Kind.UPDATE,
            "delete", Change.Kind.DELETE,
            "snapshot", Change.Kind.SNAPSHOT);

    private final RulesReader reader;
    private final String name;
    private final Map<String, List<Path>> paths = new TreeMap<>();
    private boolean wrong;

    /** Something that can be wrong: a piece of a rule's text, parsed. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(String text) throws Mistake;
    }

    RuleReader(RulesReader reader, String name) {
        this.reader = reader;
        this.name = name;
    }

    /** Empty when a key was wrong; the mistakes are with the reader then. */
    Optional<Rule> rule() {
        reader.keysOf(name)
                .map(key -> key.substring(reader.keyOf(name, "").length()))
                .filter(suffix -> !RuleKeys.known(suffix))
                .forEach(suffix -> error(suffix, "given an unknown key, wanted one of " + suffixes()));
        checkPreset();
        Rule.Match match = match();
        Rule.Shape shape = shape();
        return wrong
                ? Optional.empty()
                : Optional.of(new Rule(name, match, shape, Map.copyOf(paths), reader.get(name, RuleKeys.CONSENT)));
    }

    private void checkPreset() {
        String word = reader.get(name, RuleKeys.PRESET);
        Preset preset = Preset.of(word);
        if (word != null && preset == null) {
            error(RuleKeys.PRESET, "given '" + word + "', wanted one of " + String.join(", ", Preset.words()));
        } else if (preset != null && reader.get(name, preset.needs()) == null) {
            error(RuleKeys.PRESET, "given '" + word + "' without " + key(preset.needs()) + ", wanted both");
        }
    }

    private Rule.Match match() {
        String table = reader.get(name, RuleKeys.TABLE);
        String prefix = reader.get(name, RuleKeys.PREFIX);
        if (table == null && prefix == null) {
            error(RuleKeys.TABLE, "given neither table nor message.prefix, wanted one of them");
        } else if (table != null && prefix != null) {
            error(RuleKeys.PREFIX, "given beside table, wanted one of them");
        } else if (table != null && !table.matches("[^.]+\\.[^.]+")) {
            error(RuleKeys.TABLE, "given '" + table + "', wanted schema.table");
        }
        List<String> columns = RulesReader.list(reader.get(name, RuleKeys.COLUMNS));
        paths(RuleKeys.COLUMNS, columns);
        Set<Change.Kind> on = prefix == null ? kinds(columns) : messageKinds();
        Condition when = parsed(RuleKeys.WHEN, ConditionParser::parse);
        if (when != null) {
            paths.put(key(RuleKeys.WHEN), when.paths().toList());
        }
        return new Rule.Match(table, prefix, on, columns, when);
    }

    private Set<Change.Kind> kinds(List<String> columns) {
        List<String> words = RulesReader.list(reader.get(name, RuleKeys.ON));
        Set<Change.Kind> kinds = EnumSet.noneOf(Change.Kind.class);
        for (String word : words) {
            Change.Kind kind = KINDS.get(word);
            if (kind == null) {
                error(RuleKeys.ON, "given '" + word + "', wanted insert, update, delete, snapshot");
            } else {
                kinds.add(kind);
            }
        }
        if (words.isEmpty()) {
            kinds.add(columns.isEmpty() ? Change.Kind.INSERT : Change.Kind.UPDATE);
        } else if (!columns.isEmpty() && !words.contains("update")) {
            error(
                    RuleKeys.COLUMNS,
                    "given columns for a rule that no update fires, wanted update in " + key(RuleKeys.ON));
        }
        return Collections.unmodifiableSet(kinds);
    }

    private Set<Change.Kind> messageKinds() {
        for (String suffix : List.of(RuleKeys.ON, RuleKeys.COLUMNS)) {
            if (reader.get(name, suffix) != null) {
                error(suffix, "given for a rule on messages, wanted only with table");
            }
        }
        return Set.of(Change.Kind.MESSAGE);
    }

    private Rule.Shape shape() {
        if (reader.get(name, RuleKeys.TYPE) == null) {
            error(RuleKeys.TYPE, "given nothing, wanted the type of the activity, e.g. order.placed");
        }
        Template type = template(RuleKeys.TYPE, null);
        Rule.Shape.Actor actor = new Rule.Shape.Actor(
                template(RuleKeys.ACTOR_ID, null), template(RuleKeys.ACTOR_KIND, RuleKeys.ACTOR_ID));
        Rule.Shape.Thing object = new Rule.Shape.Thing(
                template(RuleKeys.OBJECT_TYPE, null), template(RuleKeys.OBJECT_ID, RuleKeys.OBJECT_TYPE));
        return new Rule.Shape(type, actor, object, selection(RuleKeys.DATA), selection(RuleKeys.CONTEXT));
    }

    /** @param needs the suffix without which this one means nothing; null for none */
    private Template template(String suffix, String needs) {
        Template template = parsed(suffix, Template::parse);
        if (template == null) {
            return null;
        }
        if (needs != null && reader.get(name, needs) == null) {
            error(suffix, "given without " + key(needs) + ", wanted both");
        }
        paths.put(key(suffix), template.references());
        return template;
    }

    private Selection selection(String suffix) {
        Selection selection = parsed(suffix, text -> Selection.parse(RulesReader.list(text)));
        if (selection == null) {
            return Selection.NOTHING;
        }
        paths.put(key(suffix), selection.paths());
        return selection;
    }

    private void paths(String suffix, List<String> columns) {
        List<Path> found = new ArrayList<>();
        for (String column : columns) {
            try {
                Path path = Path.parse(column);
                if (path.which() != Images.Which.CURRENT || !path.rest().isEmpty()) {
                    error(suffix, "given '" + column + "', wanted a whole column");
                }
                found.add(path);
            } catch (Mistake mistake) {
                error(suffix, mistake.getMessage());
            }
        }
        if (!found.isEmpty()) {
            paths.put(key(suffix), List.copyOf(found));
        }
    }

    private <T> T parsed(String suffix, Parser<T> parser) {
        String text = reader.get(name, suffix);
        try {
            return text == null ? null : parser.parse(text);
        } catch (Mistake mistake) {
            error(suffix, mistake.getMessage());
            return null;
        }
    }

    private String key(String suffix) {
        return reader.keyOf(name, suffix);
    }

    private void error(String suffix, String message) {
        wrong = true;
        reader.error(key(suffix), message);
    }

    private static String suffixes() {
        return String.join(", ", RuleKeys.all().stream().map(RuleKey::suffix).toList());
    }
}
