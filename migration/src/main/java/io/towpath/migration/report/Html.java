package io.towpath.migration.report;

import java.util.Collection;
import java.util.Locale;

/** Builds HTML in which no text can become markup: text goes in through {@link #text} and {@link #cell} alone. */
final class Html {

    private final StringBuilder page = new StringBuilder(16_384);

    /** Markup written by us, never a value. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    Html text(Object value) {
        String text = String.valueOf(value);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '&' -> page.append("&amp;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(c);
            }
        }
        return this;
    }

    Html element(String tag, Object value) {
        return raw("<" + tag + ">").text(value).raw("</" + tag + ">");
    }

    /** Titles of columns; a {@code #} before one of numbers. */
    Html head(String... titles) {
        raw("<thead><tr>");
        for (String title : titles) {
            boolean numbers = title.startsWith("#");
            raw(numbers ? "<th class=\"n\">" : "<th>")
                    .text(numbers ? title.substring(1) : title)
                    .raw("</th>");
        }
        return raw("</tr></thead>");
    }

    /** One row; numbers stand to the right. */
    Html row(Object... cells) {
        raw("<tr>");
        for (Object cell : cells) {
            cell(cell);
        }
        return raw("</tr>");
    }

    /** A value that a reader must not miss. */
    record Alarm(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private void cell(Object value) {
        raw(value instanceof Number ? "<td class=\"n\">" : value instanceof Alarm ? "<td class=\"no\">" : "<td>");
        text(value instanceof Number number ? String.format(Locale.ROOT, "%,d", number.longValue()) : value);
        raw("</td>");
    }

    Html list(Collection<String> items) {
        raw("<ul>");
        items.forEach(item -> element("li", item));
        return raw("</ul>");
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
