package io.towpath.activity.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with {@code ${path}} in it. A reference that is NULL makes the whole text null: half an identity is none.
 *
 * @param literals the texts between the references: one more than there are references
 * @param references what to read
 */
record Template(List<String> literals, List<Path> references) {

    static Template parse(String text) throws Mistake {
        List<String> literals = new ArrayList<>();
        List<Path> references = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new Mistake("given '" + text + "', wanted a } for the ${ at character " + (open + 1));
            }
            literals.add(text.substring(from, open));
            references.add(Path.parse(text.substring(open + 2, close)));
            from = close + 1;
        }
        literals.add(text.substring(from));
        return new Template(List.copyOf(literals), List.copyOf(references));
    }

    String text(Images images) {
        if (references.isEmpty()) {
            return literals.get(0);
        }
        if (references.size() == 1
                && literals.get(0).isEmpty()
                && literals.get(1).isEmpty()) {
            return references.get(0).text(images);
        }
        StringBuilder text = new StringBuilder(literals.get(0));
        for (int i = 0; i < references.size(); i++) {
            String value = references.get(i).text(images);
            if (value == null) {
                return null;
            }
            text.append(value).append(literals.get(i + 1));
        }
        return text.toString();
    }
}
