package io.towpath.capture.consent;

import io.towpath.activity.privacy.Pseudonyms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A name under which an actor is known outside the database.
 *
 * @param key id of the pseudonym key; null for the plain id
 */
record ActorName(String key, String text) {

    /**
     * The names of an actor by its plain id, newest first. The plain one comes last, for what was stored before there were
     * keys.
     */
    interface Names extends Function<String, List<ActorName>> {}

    static Names plain() {
        return id -> List.of(new ActorName(null, id));
    }

    static Names pseudonyms(Pseudonyms pseudonyms) {
        return id -> {
            List<String> texts = pseudonyms.all(id);
            List<ActorName> names = new ArrayList<>(texts.size() + 1);
            texts.forEach(text -> names.add(new ActorName(text.substring(0, text.indexOf('.')), text)));
            names.add(new ActorName(null, id));
            return names;
        };
    }
}
