package io.towpath.activity.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a condition.
 *
 * <pre>
 * or      = and { "or" and }
 * and     = not { "and" not }
 * not     = "not" not | "(" or ")" | test
 * test    = "changed(" column ")" | "exists(" path ")" | path "=" text | path "in (" text { "," text } ")"
 * text    = 'quoted', a quote inside is written twice; values are compared by their text
 * </pre>
 */
final class ConditionParser {

    private static final Pattern TOKEN = Pattern.compile("\\s*('(?:[^']|'')*'|[(),=]|[^\\s'(),=]+)");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private ConditionParser(String text) throws Mistake {
        this.text = text;
        String all = text.strip();
        Matcher matcher = TOKEN.matcher(all);
        int end = 0;
        while (end < all.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw mistake("a closing quote for '" + all.substring(end).strip());
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    static Condition parse(String text) throws Mistake {
        ConditionParser parser = new ConditionParser(text);
        Condition condition = parser.or();
        if (parser.next < parser.tokens.size()) {
            throw parser.mistake("and, or, or the end, where " + parser.seen() + " stands");
        }
        return condition;
    }

    private Condition or() throws Mistake {
        List<Condition> parts = new ArrayList<>(List.of(and()));
        while (take("or")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Or(List.copyOf(parts));
    }

    private Condition and() throws Mistake {
        List<Condition> parts = new ArrayList<>(List.of(not()));
        while (take("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.And(List.copyOf(parts));
    }

    private Condition not() throws Mistake {
        if (take("not")) {
            return new Condition.Not(not());
        }
        if (take("(")) {
            Condition inside = or();
            expect(")");
            return inside;
        }
        return test();
    }

    private Condition test() throws Mistake {
        String word = word();
        boolean call = next < tokens.size() && tokens.get(next).equals("(");
        if (call && (word.equals("changed") || word.equals("exists"))) {
            expect("(");
            Path path = Path.parse(word());
            expect(")");
            return word.equals("exists") ? new Condition.Exists(path) : changed(path);
        }
        Path path = Path.parse(word);
        if (take("=")) {
            return new Condition.In(path, Set.of(literal()));
        }
        if (!take("in")) {
            throw mistake("= 'text' or in ('text', …) after " + word + ", where " + seen() + " stands");
        }
        expect("(");
        Set<String> texts = new LinkedHashSet<>(List.of(literal()));
        while (take(",")) {
            texts.add(literal());
        }
        expect(")");
        return new Condition.In(path, Set.copyOf(texts));
    }

    private Condition changed(Path path) throws Mistake {
        if (path.which() != Images.Which.CURRENT || !path.rest().isEmpty()) {
            throw mistake("a whole column in changed(…)");
        }
        return new Condition.Changed(path);
    }

    private String word() throws Mistake {
        if (next >= tokens.size() || tokens.get(next).matches("'.*|[(),=]|and|or|in")) {
            throw mistake("a column, changed(column) or exists(column), where " + seen() + " stands");
        }
        return tokens.get(next++);
    }

    private String literal() throws Mistake {
        if (next >= tokens.size() || !tokens.get(next).startsWith("'")) {
            throw mistake("a text in single quotes, where " + seen() + " stands");
        }
        String token = tokens.get(next++);
        return token.substring(1, token.length() - 1).replace("''", "'");
    }

    private boolean take(String token) {
        boolean is = next < tokens.size() && tokens.get(next).equals(token);
        next += is ? 1 : 0;
        return is;
    }

    private void expect(String token) throws Mistake {
        if (!take(token)) {
            throw mistake("a " + token + " where " + seen() + " stands");
        }
    }

    private String seen() {
        return next < tokens.size() ? "'" + tokens.get(next) + "'" : "the end";
    }

    private Mistake mistake(String wanted) {
        return new Mistake("given '" + text + "', wanted " + wanted);
    }
}
