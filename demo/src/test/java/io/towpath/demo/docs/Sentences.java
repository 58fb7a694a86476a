package io.towpath.demo.docs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences that a source file of ours tells its operator: what is handed to a new exception or by one of ours to its
 * parent, whatever says what is wanted, and what a danger says of itself. Text stands as written, {@code …} for what is only known then.
 */
final class Sentences {

    /** Carries what stops a flow: no exception, the words of a {@code toString}. */
    static final String DANGER = "Danger";

    private static final String UNKNOWN = "…";
    private static final String ANNOTATION = "@";
    private static final Pattern WANTED = Pattern.compile("(^|[,;] )wanted");
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|(?<block>\"\"\"\\n.*?\"\"\")"
                    + "|\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)*'|[A-Za-z_][\\w.]*|\\d[\\w.]*|->|::|\\S",
            Pattern.DOTALL);

    /** One sentence. {@code thrown}: the simple name of the exception that carries it; empty for one that is none's alone. */
    record Sentence(String thrown, String text) {}

    /** Round brackets that are open. */
    private static final class Bracket {
        private final String thrown;
        private final StringBuilder words = new StringBuilder();
        private boolean text;

        Bracket(String thrown) {
            this.thrown = thrown;
        }

        void add(String words) {
            if (!words.equals(UNKNOWN) || !this.words.toString().endsWith(UNKNOWN)) {
                this.words.append(words);
            }
            text |= !words.equals(UNKNOWN);
        }
    }

    private String declared = "";
    private boolean danger;
    private final Set<Sentence> found = new LinkedHashSet<>();
    private final Deque<Bracket> open = new ArrayDeque<>();

    private Sentences() {}

    static Set<Sentence> in(String source) {
        Sentences sentences = new Sentences();
        sentences.read(source);
        return sentences.found;
    }

    private void read(String source) {
        open.push(new Bracket(""));
        String before = "";
        String beforeThat = "";
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String text = token.group();
            if (text.startsWith("//") || text.startsWith("/*")) {
                continue;
            }
            take(token, text, before, beforeThat);
            declared = before.equals("class") ? text : declared;
            danger |= before.equals("interface") && text.equals(DANGER);
            beforeThat = before;
            before = text;
        }
    }

    private void take(Matcher token, String text, String before, String beforeThat) {
        if (token.group("text") != null) {
            open.peek().add(token.group("text").replace("\\\"", "\"").replace("\\n", " "));
        } else if (token.group("block") != null) {
            open.peek().add(text.replace("\"\"\"", "").strip().replaceAll("\\s+", " "));
        } else if (text.equals("(")) {
            open.push(new Bracket(thrown(before, beforeThat)));
        } else if (text.equals(")")) {
            end();
            if (open.size() > 1) {
                open.pop();
            }
            open.peek().add(UNKNOWN);
        } else if (Set.of(",", ";", "{", "}", "=", "->", "?", ":", "return", "throw")
                .contains(text)) {
            end();
        } else if (!text.equals("+")) {
            open.peek().add(UNKNOWN);
        }
    }

    /** One with place holders belongs to the exception around it. */
    private String thrown(String before, String beforeThat) {
        if (beforeThat.equals("new")) {
            return before;
        }
        if (before.equals("super")) {
            return declared;
        }
        return before.equals("String.format") ? open.peek().thrown : beforeThat.equals("@") ? ANNOTATION : "";
    }

    private void end() {
        Bracket bracket = open.peek();
        String words = bracket.words
                .toString()
                .replace("%s", UNKNOWN)
                .replace("%d", UNKNOWN)
                .strip();
        String thrown = danger && bracket.thrown.isEmpty() ? DANGER : bracket.thrown;
        if (bracket.text
                && !bracket.thrown.equals(ANNOTATION)
                && (WANTED.matcher(words).find() || (!thrown.isEmpty() && words.contains(" ")))) {
            found.add(new Sentence(thrown, words));
        }
        bracket.words.setLength(0);
        bracket.text = false;
    }
}
